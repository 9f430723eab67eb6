#include "app/actions/attention.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "tests/app/small_model.h"

using namespace noema;

TEST_CASE("attention has a row a token that sums to one; with both sides a token sees those after it") {
  const auto model = tests::model_of();
  const auto value = app::attention(model, {.text = "ab", .head = 1});
  const auto object = app::to_json(value);
  REQUIRE(object["tokens"].size() == 3);
  CHECK(object["head"] == 1);
  CHECK(value.map.weights[1][2] == 0);
  CHECK(app::attention(model, {.text = "ab", .both_sides = true}).map.weights[1][2] > 0);
  CHECK(app::attention(tests::model_of("transformer", "prefix"), {.text = "ab"}).map.weights[1][2] > 0);
  CHECK_THROWS_AS(app::attention(model, {.text = "ab", .layer = 1}), base::UsageError);
  CHECK_THROWS_WITH(app::attention(model, {.text = "a\xff"}), Catch::Contains("byte 1"));
  CHECK_THROWS_AS(app::attention(model, {.text = ""}), base::Error);
}
