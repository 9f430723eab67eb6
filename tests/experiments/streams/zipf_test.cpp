#include "experiments/streams/zipf.h"

#include <catch2/catch.hpp>
#include <map>

#include "base/error.h"
#include "base/text.h"

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
