#include "experiments/streams.h"

#include <catch2/catch.hpp>
#include <map>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "tests/experiments/fakes.h"

using namespace noema::experiments;
namespace base = noema::base;

TEST_CASE("a Zipf stream has the lines and words asked for, and the same seed gives the same lines") {
  const ZipfOptions options{3, 50, 1000, 12, 1.0};
  const auto lines = generate_zipf(options);
  REQUIRE(lines.size() == 50);
  for (const auto& line : lines) CHECK(base::count_words(line) == 12);
  CHECK(lines == generate_zipf(options));
  ZipfOptions other = options;
  other.seed = 4;
  CHECK(lines != generate_zipf(other));
}

TEST_CASE("in a Zipf stream the word of rank r comes about 1/r as often as the first") {
  std::map<std::string, int> counts;
  for (const auto& line : generate_zipf({1, 20000, 1000, 1, 1.0})) ++counts[line];
  std::vector<int> sorted;
  for (const auto& [word, count] : counts) sorted.push_back(count);
  std::sort(sorted.rbegin(), sorted.rend());
  CHECK(static_cast<double>(sorted[0]) / sorted[1] == Approx(2).epsilon(0.15));
  CHECK(static_cast<double>(sorted[0]) / sorted[9] == Approx(10).epsilon(0.25));
}

TEST_CASE("a Zipf stream of exponent 0 uses its whole vocabulary, each word by another name") {
  std::map<std::string, int> counts;
  for (const auto& line : generate_zipf({1, 2000, 100, 12, 0.0})) ++counts[line.substr(0, line.find(' '))];
  CHECK(counts.size() == 100);
}

TEST_CASE("a Zipf stream refuses a vocabulary without words and one with more than it can name") {
  CHECK_THROWS_AS(generate_zipf({1, 1, 0, 1, 1.0}), base::Error);
  CHECK_THROWS_AS(generate_zipf({1, 1, 421876, 1, 1.0}), base::Error);
}

TEST_CASE("files are read one after another, up to the limits") {
  const TemporaryFolder folder;
  base::write_file(folder / "a.txt", "one two\nthree\n");
  base::write_file(folder / "b.txt", "four five six\n\nseven\n");
  StreamConfig config;
  config.kind = "files";
  config.paths = {folder / "a.txt", folder / "b.txt"};
  CHECK(read_stream(config, 1, 0).size() == 5);
  config.max_lines = 2;
  CHECK(read_stream(config, 1, 1).size() == 3);
  config.max_lines = 0;
  config.max_words = 3;
  CHECK(read_stream(config, 1, 0) == std::vector<std::string>{"one two", "three"});
  CHECK(read_stream(config, 1, 1) == std::vector<std::string>{"one two", "three"});
}

TEST_CASE("a stream that training uses up is refused") {
  const TemporaryFolder folder;
  base::write_file(folder / "a.txt", "one\n");
  StreamConfig config;
  config.kind = "files";
  config.paths = {folder / "a.txt"};
  CHECK_THROWS_WITH(read_stream(config, 1, 1), Catch::Contains("no line is left to score"));
}

TEST_CASE("every kind of stream and arm has a name and help") {
  CHECK(stream_kinds().size() == 3);
  CHECK(arm_kinds().size() == 6);
  for (const auto& kind : stream_kinds()) CHECK_FALSE(kind.help.empty());
  for (const auto& kind : arm_kinds()) CHECK_FALSE(kind.help.empty());
}
