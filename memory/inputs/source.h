#pragma once
// Where the pieces come from that a format reads: the lines of a text, or whatever else a format takes for one.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>

#include "base/line_reader.h"

namespace noema::memory {

class InputSource {
 public:
  virtual ~InputSource() = default;
  /// The next line or part of one; nothing at the end. Throws base::Error with file and line.
  virtual std::optional<base::LinePiece> next() = 0;
  /// Begins again. Only where rereadable().
  virtual void restart() = 0;
  virtual bool rereadable() const = 0;
  /// Number of the line that was given last, from 1.
  virtual std::uint64_t line_number() const = 0;
  /// Bytes read of the source as it lies on the disk, and how many it has (0: not known).
  virtual std::uint64_t bytes_read() const = 0;
  virtual std::uint64_t bytes_of_file() const = 0;
};

/// The lines of a text. whole: none is given in parts. Throws base::Error if it cannot be opened.
std::unique_ptr<InputSource> open_lines(const std::filesystem::path& path, bool whole,
                                        base::LineReader::WhileWaiting while_waiting);

}  // namespace noema::memory
