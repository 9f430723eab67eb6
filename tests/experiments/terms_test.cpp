#include "experiments/terms.h"

#include <catch2/catch.hpp>

using namespace noema::experiments;
using noema::reasoning::ToldPair;

TEST_CASE("pairs of letters leave out marks, digits and white space, and come once each") {
  CHECK(letter_pairs("子曰：子曰，12日") == std::vector<std::string>{"子曰"});
  CHECK(letter_pairs("ab1cd") == std::vector<std::string>{"ab", "cd"});
  CHECK(letter_pairs("").empty());
}

TEST_CASE("a term is rare in the training, and comes before from its second time on: a hand-computed case") {
  const std::vector<ToldPair> train{{"", "abab"}, {"", "ab"}, {"", "xy"}, {"", "ab"}};  // ab in three, ba, xy in one
  Terms terms(train, 2);
  const auto first = terms.next("abaxy");  // ab is not rare; ba, ax, xy are
  REQUIRE(first.size() == 3);
  CHECK(first[0].letters == "ba");
  CHECK_FALSE(first[0].came_before);
  const auto second = terms.next("axz");
  REQUIRE(second.size() == 2);
  CHECK(second[0].letters == "ax");
  CHECK(second[0].came_before);
  CHECK_FALSE(second[1].came_before);
}
