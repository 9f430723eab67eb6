#pragma once
// What people read: tables whose columns align, numbers with sensible digits and units, durations and times.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace noema::app {

/// Columns that a quoted text gets at most.
inline constexpr std::size_t kTextColumns = 160;

/// Columns that a terminal shows a text in: two for a Chinese character, none for a combining accent.
std::size_t display_width(std::string_view text);
/// The text, or its beginning with an ellipsis if it needs more than `columns`.
std::string shortened(std::string_view text, std::size_t columns);
/// The text on one line: line feeds and other control characters become spaces, what is not UTF-8 U+FFFD.
std::string one_line(std::string_view text);

/// 20300 -> "20,300".
std::string human_count(std::uint64_t count);
/// About three digits: "13.5", "0.0124", "1,384"; "-" for a number that is not finite.
std::string human_number(double number);
/// 5312000 -> "5.3 MB".
std::string human_bytes(std::uint64_t bytes);
/// 0.0312 -> "31 ms", 75 -> "1 min 15 s".
std::string human_seconds(double seconds);
/// Seconds since 1970 -> "2024-02-29 12:00", UTC; the date alone at midnight.
std::string human_time(double seconds);
/// 0.257 -> "26%".
std::string human_share(double share);

enum class Align { kLeft, kRight };

/// A table of text. Columns are as wide as their widest cell, with two spaces between them.
class TextTable {
 public:
  struct Column {
    std::string title;  ///< all empty: no line of titles
    Align align = Align::kLeft;
  };
  explicit TextTable(std::vector<Column> columns) : columns_(std::move(columns)) {}

  /// As many cells as columns; missing ones are empty.
  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  bool empty() const { return rows_.empty(); }
  /// Lines, each with its line feed and no spaces at its end, indented by so many spaces.
  std::string text(std::size_t indent = 0) const;

 private:
  std::string line(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths,
                   std::size_t indent) const;

  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

/// "one, two and three": names in a sentence.
std::string listed(const std::vector<std::string>& names);
/// "1 concept", "20,300 concepts"; plural: if it is not the noun with an s.
std::string counted(std::uint64_t count, std::string_view noun, std::string_view plural = {});

}  // namespace noema::app
