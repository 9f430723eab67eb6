#include "experiments/streams/files.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "base/files.h"
#include "experiments/streams/registry.h"
#include "tests/experiments/fakes.h"

using namespace noema::experiments;
namespace base = noema::base;

namespace {

std::vector<std::string> lines_of(const Experiences& experiences) {
  std::vector<std::string> lines;
  for (const auto& experience : experiences) lines.push_back(std::get<noema::reasoning::Text>(experience).text);
  return lines;
}

}  // namespace

TEST_CASE("files are read one after another, up to the limits") {
  const TemporaryFolder folder;
  base::write_file(folder / "a.txt", "one two\nthree\n");
  base::write_file(folder / "b.txt", "four five six\n\nseven\n");
  StreamConfig config("files");
  config.paths = {folder / "a.txt", folder / "b.txt"};
  CHECK(read_stream(config, 1, 0).size() == 5);
  config.settings.set("max_lines", std::int64_t{2});
  CHECK(read_stream(config, 1, 1).size() == 3);
  config.settings.set("max_lines", std::int64_t{0});
  config.settings.set("max_words", std::int64_t{3});
  const std::vector<std::string> expected{"one two", "three"};
  CHECK(lines_of(read_stream(config, 1, 0)) == expected);
  CHECK(lines_of(read_stream(config, 1, 1)) == expected);
}

TEST_CASE("a stream without a line, or whose lines the training uses up, is refused") {
  const TemporaryFolder folder;
  base::write_file(folder / "a.txt", "one\n");
  StreamConfig config("files");
  config.paths = {folder / "a.txt"};
  CHECK_THROWS_WITH(read_stream(config, 1, 1), Catch::Contains("no line is left to score"));
  base::write_file(folder / "a.txt", "");
  CHECK_THROWS_WITH(read_stream(config, 1, 0), Catch::Contains("the stream is empty"));
}
