#include "base/nearest.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "base/rng.h"

using namespace noema::base;

TEST_CASE("forms of one word begin alike; short words and words of other stems do not") {
  using Pairs = std::vector<std::pair<std::string, std::string>>;
  for (const auto& [a, b] : Pairs{{"make", "makes"},
                                  {"lives", "Live"},
                                  {"employs", "employed"},
                                  {"own", "owns"},
                                  {"same", "same"},
                                  {"школа", "школы"}})
    CHECK((are_written_alike(a, b) && are_written_alike(b, a)));
  for (const auto& [a, b] : Pairs{{"is", "is"},
                                  {"the", "thesis"},
                                  {"river", "rivalry"},
                                  {"", "make"},
                                  {"猫", "猫"},
                                  {"住在", "住在"},
                                  {"mill", "milk"},
                                  {"2030", "2031"},
                                  {"make", "take"}})
    CHECK_FALSE((are_written_alike(a, b) || are_written_alike(b, a)));
}

TEST_CASE("endings are what follows where words begin alike") {
  const auto endings = endings_of("Work", "working");
  REQUIRE(endings);
  CHECK(endings->same == 4);
  CHECK(endings->longest == 3);
  CHECK(endings_of("worker", "working")->longest == 3);
  CHECK_FALSE(endings_of("baker", "baking"));
  CHECK(endings_of("same", "same")->longest == 0);
  CHECK_FALSE(endings_of("car", "can"));
  CHECK_FALSE(endings_of("car", "car's"));
}

TEST_CASE("edits are counted in characters, a swap of neighbours is one, and case does not count") {
  CHECK(edit_distance("status", "status", 3) == 0);
  CHECK(edit_distance("statsu", "status", 3) == 1);
  CHECK(edit_distance("Kitten", "sitting", 3) == 3);
  CHECK(edit_distance("Käse", "kase", 3) == 1);
  CHECK(edit_distance("猫は", "犬は", 3) == 1);
  CHECK(edit_distance("feed", "recall", 2) == 3);  // more than 2
}

TEST_CASE("the nearest names come first, and names that are far away are left out") {
  const std::vector<std::string> names{"ask", "status", "streams", "recall", "replay"};
  CHECK(nearest_names("statsu", names) == std::vector<std::string>{"status"});
  CHECK(nearest_names("stat", names) == std::vector<std::string>{"status"});
  CHECK(nearest_names("anything", names).empty());
  CHECK(did_you_mean(nearest_names("statsu", names)) == "; did you mean status?");
  CHECK(did_you_mean(std::vector<std::string>{"a", "b", "c"}) == "; did you mean a, b or c?");
  CHECK(did_you_mean({}).empty());
}

namespace {

/// The table of optimal string alignment, whole, for short ASCII texts in lower case.
std::size_t plain_distance(const std::string& a, const std::string& b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i)
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = i + j;
        continue;
      }
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  return d[a.size()][b.size()];
}

}  // namespace

TEST_CASE("distances agree with the whole table, however early the count may end, and both ways alike") {
  noema::base::Rng rng(3);
  const auto text = [&] {
    std::string word;
    for (std::uint64_t n = rng.below(9); n > 0; --n) word += static_cast<char>('a' + rng.below(3));
    return word;
  };
  for (int trial = 0; trial < 2000; ++trial) {
    const std::string a = text(), b = text();
    const std::size_t expected = plain_distance(a, b);
    for (const std::size_t most : {std::size_t{0}, std::size_t{1}, std::size_t{3}, std::size_t{20}}) {
      CAPTURE(a, b, most);
      REQUIRE(edit_distance(a, b, most) == std::min(expected, most + 1));
      REQUIRE(edit_distance(b, a, most) == std::min(expected, most + 1));
    }
  }
}

TEST_CASE("the empty text is as far from another as that is long, and bytes that are no text are characters too") {
  CHECK(edit_distance("", "", 3) == 0);
  CHECK(edit_distance("", "道可道", 5) == 3);
  CHECK(edit_distance("\xff", "\xfe", 3) == 0);  // neither can be told apart
  CHECK(edit_distance("a\xff", "ab", 3) == 1);
}

TEST_CASE("names are suggested once each, in order, and never more than asked for") {
  const std::vector<std::string> names{"abcd", "abce", "abcd", "abcf", "abcg"};
  CHECK(nearest_names("abcd", names) == std::vector<std::string>{"abcd", "abce", "abcf"});
  CHECK(nearest_names("abcx", names, 1) == std::vector<std::string>{"abcd"});
  CHECK(nearest_names("abcx", names, 0).empty());
  CHECK(nearest_names("x", std::vector<std::string>{}).empty());
  CHECK(did_you_mean(std::vector<std::string>{"a", "b"}) == "; did you mean a or b?");
}
