#pragma once
// Reads a text line by line or, where lines may be of any length, in bounded pieces. Every source is read once: regular
// files, pipes, FIFOs, standard input, .gz and .xz.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"

namespace noema::base {

/// A line, or a part of one that is too long to be held whole. The pieces of a line concatenate to the line.
struct LinePiece {
  std::string text;
  std::uint64_t line = 0;  ///< number of the line, from 1
  std::uint64_t part = 0;  ///< number of the piece in its line, from 0
  bool ends_line = true;
};

/// A line is no text. It was read nevertheless: the lines behind it can be.
class NotText : public Error {
 public:
  using Error::Error;
};

/// Reads the lines of a text ("-" is standard input). A line's trailing carriage return is dropped, as is a byte-order
/// mark at the file's start. One thread at a time.
class LineReader {
 public:
  static constexpr std::size_t kMaxLineBytes = std::size_t{16} << 20;
  static constexpr std::size_t kMaxPieceBytes = std::size_t{8} << 10;

  /// Called about ten times a second while a pipe or a terminal gives nothing; false ends the reading.
  using WhileWaiting = std::function<bool()>;

  /// Throws Error if the source cannot be opened.
  explicit LineReader(const std::filesystem::path& path, WhileWaiting while_waiting = {});
  ~LineReader();
  LineReader(LineReader&&) noexcept;
  LineReader& operator=(LineReader&&) noexcept;

  /// The next line without its line feed, or nothing at the end. Throws with file and line number: NotText if the line
  /// is not valid UTF-8 or holds a NUL, Error if it is longer than kMaxLineBytes or the compressed file is broken.
  std::optional<std::string> next();
  /// The next line, or the next part of a line that is longer than `most` bytes (at least 16). Parts are cut before
  /// white space, else between units, else between characters. Memory: O(most). Throws as next(), whatever the length.
  std::optional<LinePiece> next_piece(std::size_t most = kMaxPieceBytes);
  /// Begins again at the source's first line. Only where rereadable().
  void restart();

  /// Number of the line that was given last, from 1.
  std::uint64_t line_number() const { return line_number_; }
  /// True for a regular file that was opened by its name.
  bool rereadable() const;
  /// Bytes read of the file as it lies on the disk, and how many it has (0: not known).
  std::uint64_t bytes_read() const;
  std::uint64_t bytes_of_file() const;

 private:
  struct State;
  void begin();
  bool fill(std::size_t wanted);
  void read_more();
  std::optional<LinePiece> next_whole(std::size_t most, bool& too_long);
  LinePiece take(std::size_t bytes, std::size_t skip, bool ends_line);
  void require_text(const LinePiece& piece);

  std::unique_ptr<State> state_;
  std::string name_;
  std::uint64_t line_number_ = 0;
  std::uint64_t part_ = 0;         ///< of the piece that comes next
  std::uint64_t line_offset_ = 0;  ///< bytes of its line that were given
};

/// Bytes of `text` that a piece of at most `most` bytes takes: all if it fits. It ends before white space if there is
/// some in its second half, else between units, else between characters.
std::size_t piece_length(std::string_view text, std::size_t most);

}  // namespace noema::base
