#pragma once
// Reading files (base/output.h writes them), with errors that say which file and what to do.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/output.h"

namespace noema::base {

/// Whole file. Throws Error if it is missing, no file, or unreadable.
std::string read_file(const std::filesystem::path& path);

/// Reads lines of a text file (plain, .gz or .xz; "-" is standard input). A line's trailing carriage return is dropped,
/// as is a byte-order mark at the file's start.
class LineReader {
 public:
  static constexpr std::size_t kMaxLineBytes = std::size_t{16} << 20;

  /// Throws Error if the file cannot be opened.
  explicit LineReader(const std::filesystem::path& path);
  ~LineReader();
  LineReader(LineReader&&) noexcept;
  LineReader& operator=(LineReader&&) noexcept;

  /// The next line without its line feed, or nothing at the end. Throws Error with file and line number if the line is
  /// not valid UTF-8, holds a NUL, is longer than kMaxLineBytes, or the compressed file is broken.
  std::optional<std::string> next();

  /// Number of the line that next() gave last, from 1.
  std::uint64_t line_number() const { return line_number_; }

 private:
  struct State;
  std::unique_ptr<State> state_;
  std::string name_;
  std::uint64_t line_number_ = 0;
};

}  // namespace noema::base
