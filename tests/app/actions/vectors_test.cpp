#include "app/actions/vectors.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "tests/app/small_model.h"

using namespace noema;

TEST_CASE("a word has a vector for each occurrence, and cosines to all of them") {
  const auto model = tests::model_of();
  const auto value = app::vectors(model, {.word = "bank", .sentences = {"the bank, a bank", "no word", "bank"}});
  REQUIRE(value.occurrences.size() == 3);
  CHECK(value.occurrences[1].sentence == 1);
  CHECK(value.occurrences[1].start == 12);
  CHECK(value.occurrences[2].sentence == 3);
  for (std::size_t i = 0; i < 3; ++i) CHECK(value.occurrences[i].cosines.at(i) == Approx(1));
  CHECK(value.occurrences[0].cosines[2] == value.occurrences[2].cosines[0]);
  const auto object = app::to_json(value.occurrences[0]);
  CHECK(object["end"] == 8);
  CHECK(object["vector"].size() == object["width"]);
  CHECK_THROWS_WITH(app::vectors(model, {.word = "bench", .sentences = {"a bank"}}), Catch::Contains("bench"));
  CHECK_THROWS_AS(app::vectors(model, {.word = "a", .sentences = {"a \xff"}}), base::Error);
}
