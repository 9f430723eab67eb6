#pragma once
// Output for people: tables with aligned columns, numbers with sensible digits and units, durations and times.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace noema::app {

/// The most columns that a quoted text takes.
inline constexpr std::size_t kTextColumns = 160;

/// The columns that a text takes on a terminal: two for a Chinese character, none for a combining accent.
std::size_t display_width(std::string_view text);
/// The text, or its beginning with an ellipsis if it needs more than `columns`.
std::string shortened(std::string_view text, std::size_t columns);
/// The part of a text around the bytes [begin, end) that fits, those bytes always among it, with "…" where it was cut.
std::string shortened_around(std::string_view text, std::size_t begin, std::size_t end, std::size_t columns);
/// The text on one line: control characters such as line feeds become spaces, and bytes that are not UTF-8 U+FFFD.
std::string one_line(std::string_view text);

/// 20300 -> "20,300".
std::string human_count(std::uint64_t count);
/// About three digits: "13.5", "0.0124", "1,384"; "-" for a number that is not finite.
std::string human_number(double number);
/// A value and its confidence interval: "+0.0124 [-0.003, +0.027]".
std::string human_interval(double value, double low, double high);
/// 5312000 -> "5.3 MB".
std::string human_bytes(std::uint64_t bytes);
/// 0.0312 -> "31 ms", 75 -> "1 min 15 s".
std::string human_seconds(double seconds);
/// Seconds since 1970 -> "2024-02-29 12:00", UTC; the date alone at midnight.
std::string human_time(double seconds);
/// 0.257 -> "26%".
std::string human_share(double share);

enum class Align { kLeft, kRight };

/// A text table. Columns are as wide as their widest cell and separated by two spaces.
class TextTable {
 public:
  struct Column {
    std::string title;  ///< if all titles are empty, there is no line of titles
    Align align = Align::kLeft;
  };
  explicit TextTable(std::vector<Column> columns) : columns_(std::move(columns)) {}

  /// Adds a row. It has a cell for each column; missing cells are empty.
  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  bool empty() const { return rows_.empty(); }
  /// The lines of the table, indented by so many spaces, without spaces at their ends.
  std::string text(std::size_t indent = 0) const;

 private:
  std::string line(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths,
                   std::size_t indent) const;

  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

/// Names in a sentence: "one, two and three".
std::string listed(const std::vector<std::string>& names);
/// A number with its noun: "1 concept", "20,300 concepts". plural: needed if it is not the noun with an s.
std::string counted(std::uint64_t count, std::string_view noun, std::string_view plural = {});

}  // namespace noema::app
