#pragma once
// The formats that inputs are read in. A format is one pair of files, its test, and one line in format.cpp.

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/line_reader.h"
#include "memory/inputs/input.h"
#include "memory/inputs/source.h"

namespace noema::memory {

/// Where a piece of a source comes from, and who is told about what is read otherwise than it is written.
struct InputPlace {
  std::string source;
  std::string group;  ///< of all inputs; empty: what the line says
  std::function<void(const std::string& remark)> remark;

  /// "file:line", for messages.
  std::string of(std::uint64_t line) const;
  void say(const std::string& remark) const;
};

/// Reads the lines of one source, in order.
class InputFormat {
 public:
  virtual ~InputFormat() = default;
  /// True if a line means nothing before it is there as a whole; such a line has at most LineReader::kMaxLineBytes.
  virtual bool needs_whole_lines() const = 0;
  /// What one of its lines is to people.
  virtual const char* noun() const { return "line"; }
  /// True if a folder is a source as well as a file is; standard input then is none.
  virtual bool takes_folders() const { return false; }
  /// Opens a source of its lines. Throws base::Error if it cannot be opened.
  virtual std::unique_ptr<InputSource> open(const std::filesystem::path& path, const InputPlace& place,
                                            base::LineReader::WhileWaiting while_waiting);
  /// Appends the inputs of a line or, if it does not need whole lines, of a piece of one. Throws base::Error with file
  /// and line.
  virtual void read(const base::LinePiece& piece, const InputPlace& place, std::vector<Input>& inputs) = 0;
};

struct InputFormatEntry {
  const char* name;
  const char* help;  ///< what a line is
  std::unique_ptr<InputFormat> (*make)();
};

const std::vector<InputFormatEntry>& input_formats();
/// Throws base::UsageError naming the formats there are.
std::unique_ptr<InputFormat> make_input_format(std::string_view name);

}  // namespace noema::memory
