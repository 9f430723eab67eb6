#pragma once
// Reads inputs from a source in one of the formats, in pieces where they are long, and knows where it is.

#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/line_reader.h"
#include "memory/inputs/format.h"
#include "memory/inputs/source.h"

namespace noema::memory {

/// Chained SHA-256 over lines: the value after n of them names these n, and within a line what was added of it too. The
/// same however a line was cut, as long as it has at most LineReader::kMaxLineBytes.
class FeedHash {
 public:
  void add(std::string_view text, bool ends_line = true);
  std::string value() const;

 private:
  std::string value_;  ///< of the whole lines
  std::string begun_;  ///< what was added of the next one
};

struct InputOptions {
  std::string format = "text";
  std::string group = {};                               ///< of all inputs; empty: what the lines say
  std::function<void(const std::string&)> remark = {};  ///< told what is read otherwise than it is written
  base::LineReader::WhileWaiting while_waiting = {};
};

/// Where a reader is.
struct InputPosition {
  std::int64_t lines = 0;   ///< that were given whole
  std::int64_t pieces = 0;  ///< given of the next line: a piece each, or an input of a line that holds several
  std::int64_t bytes = 0;   ///< of all these
  FeedHash hash;            ///< over all these; over all of the next line if the format needs whole lines
};

class InputReader {
 public:
  /// Throws base::Error if the source cannot be opened, base::UsageError for an unknown format.
  InputReader(const std::filesystem::path& path, const InputOptions& options);

  /// The next input or the next piece of one; nothing at the end. Throws base::Error with file and line.
  std::optional<Input> next();
  /// Reads over the next line or, in formats that take lines in pieces, the next piece, without understanding it. False
  /// at the end.
  bool skip();
  /// Begins again. Only where rereadable().
  void restart();

  const InputPosition& position() const { return position_; }
  bool rereadable() const { return lines_->rereadable(); }
  /// Number of the line that the last input came from, from 1.
  std::int64_t line_number() const { return static_cast<std::int64_t>(lines_->line_number()); }
  /// Share of the file that was read, 0 to 1; nothing if its size is not known.
  std::optional<double> share_read() const;
  std::uint64_t bytes_read() const { return lines_->bytes_read(); }
  /// What a line is to people: "line" or "image".
  const char* noun() const { return format_->noun(); }

 private:
  std::optional<base::LinePiece> next_line_piece();
  void enqueue(Input input, const base::LinePiece& piece);
  void end_piece();

  InputPlace place_;
  std::unique_ptr<InputFormat> format_;
  std::unique_ptr<InputSource> lines_;
  InputPosition position_;
  std::deque<Input> waiting_;
  bool ends_line_ = true;  ///< the piece that was read last does
};

}  // namespace noema::memory
