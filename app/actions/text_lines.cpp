#include "app/actions/text_lines.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"

namespace noema::app {

std::vector<std::string> lines_to_read(const std::string& file, const char* purpose) {
  std::vector<std::string> lines;
  base::LineReader reader(file);
  while (auto line = reader.next()) lines.push_back(std::move(*line));
  if (lines.empty()) throw base::Error(fmt::format("{}: the text to {} has no line", file, purpose));
  return lines;
}

std::vector<std::string> take_words(const std::vector<std::string>& lines, std::size_t& begin, std::uint64_t words) {
  std::vector<std::string> taken;
  for (std::uint64_t held = 0; begin < lines.size() && held < words; ++begin) {
    held += base::count_words(lines[begin]) + 1;
    taken.push_back(lines[begin]);
  }
  return taken;
}

}  // namespace noema::app
