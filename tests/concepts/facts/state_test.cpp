#include "concepts/facts/state.h"

#include <catch2/catch.hpp>

#include "base/error.h"

using namespace noema::concepts::facts;
using nlohmann::json;
using noema::base::Error;

TEST_CASE("a number of a state is whole and within its bounds") {
  CHECK(read_number(5) == 5);
  CHECK(read_number(-5) == -5);
  CHECK(read_number(json::parse("9223372036854775807"), 0) == 9223372036854775807);
  CHECK_THROWS_AS(read_number(json::parse("9223372036854775808")), Error);
  for (const auto* wrong : {"true", "1.0", "1e300", "null", "\"1\"", "[1]", "{}"})
    CHECK_THROWS_AS(read_number(json::parse(wrong)), Error);
  CHECK(read_number(3, 3, 3) == 3);
  CHECK_THROWS_AS(read_number(2, 3, 4), Error);
  CHECK_THROWS_WITH(read_number(5, 3, 4), "expected a whole number from 3 to 4, found 5");
}

TEST_CASE("the words of a state are numbers of words, and slots only where they may be") {
  CHECK(read_words(json::parse("[]"), 0).empty());
  CHECK(read_words(json::parse("[3, 0, 16777215]"), 0) == Words{3, 0, kMaxWord});
  CHECK(read_words(json::parse("[3, -1]"), kSlot) == Words{3, kSlot});
  for (const auto* wrong : {"[-1]", "[16777216]", "[0.5]", "[[1]]", "{\"a\": 1}", "null", "7"})
    CHECK_THROWS_AS(read_words(json::parse(wrong), 0), Error);
  CHECK_THROWS_AS(read_words(json::parse("[-2]"), kSlot), Error);
}

TEST_CASE("a list that is not there is empty, and what is there must be a list") {
  CHECK(list_in(json::parse("{}"), "a").empty());
  CHECK(list_in(json::parse("{\"a\": [1]}"), "a").size() == 1);
  CHECK_THROWS_AS(list_in(json::parse("{\"a\": {}}"), "a"), Error);
  CHECK_THROWS_AS(list_in(json::parse("{\"a\": null}"), "a"), Error);
}
