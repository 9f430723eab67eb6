#include "app/actions/thought_value.h"

#include <catch2/catch.hpp>

#include "app/actions/why.h"
#include "tests/app/small_life.h"

using namespace noema;
using tests::SmallLife;

TEST_CASE("a thought is told in words, with its evidence and without JSON") {
  SmallLife life(tests::tax_lines());
  life.mind->think(100000);
  life.mind->commit();
  const auto view = life.mind->view();
  const auto origin = app::why(view, "he cut");
  REQUIRE_FALSE(origin.thoughts.empty());
  const auto& thought = origin.thoughts.front();
  const std::string text = app::text_for_people(thought);
  CHECK_THAT(text, Catch::StartsWith("thought:" + std::to_string(thought.id) + "  " + thought.kind));
  CHECK_THAT(text, Catch::Contains("he cut") && !Catch::Contains("{\"") && !Catch::Contains("null"));
  const auto json = app::to_json(thought);
  CHECK(json["evidence"].size() > 0);
  CHECK(json["concepts"].size() > 0);
  CHECK(json["undone"] == false);
}
