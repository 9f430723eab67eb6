#include "experiments/streams/files.h"

#include "base/files.h"
#include "base/text.h"

namespace noema::experiments {
namespace {

Experiences read(const StreamConfig& config, std::uint64_t, std::size_t before) {
  const std::size_t max_lines = config.settings.count("max_lines"), max_words = config.settings.count("max_words");
  const std::size_t most_lines = max_lines == 0 ? 0 : max_lines + before;
  std::vector<std::string> lines;
  std::size_t words = 0;
  for (const auto& path : config.paths) {
    base::LineReader reader(path);
    while (auto line = reader.next()) {
      if (most_lines > 0 && lines.size() >= most_lines) return texts(std::move(lines));
      // the lines that train the model do not count against the limit of words
      if (max_words > 0 && lines.size() >= before) {
        words += base::count_words(*line);
        if (words > max_words) return texts(std::move(lines));
      }
      lines.push_back(std::move(*line));
    }
  }
  return texts(std::move(lines));
}

}  // namespace

StreamKind files_stream() {
  using base::Key;
  const base::Range any{0, 1e12, true};
  return {"files",
          "the lines of text files, one file after another (plain, .gz or .xz)",
          reasoning::ExperienceKind::kText,
          {Key{"files", "paths, relative to the experiment file", std::vector<std::string>{}, {}, true},
           Key{"max_lines", "at most this many lines, 0 for all", std::int64_t{0}, any},
           Key{"max_words", "at most this many white-space words, 0 for all", std::int64_t{0}, any}},
          read};
}

}  // namespace noema::experiments
