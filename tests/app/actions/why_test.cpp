#include "app/actions/why.h"

#include <catch2/catch.hpp>

#include "app/actions/names.h"
#include "tests/app/small_life.h"

using namespace noema;
using tests::SmallLife;

TEST_CASE("a concept's origin is its thoughts with their evidence, and the first inputs") {
  SmallLife life(tests::tax_lines());
  life.mind->think(100000);
  life.mind->commit();
  const auto view = life.mind->view();
  const auto origin = app::why(view, "he cut");
  REQUIRE_FALSE(origin.thoughts.empty());
  CHECK(origin.first_inputs.front().episode == 3);
  CHECK(app::to_json(origin)["first_inputs"].size() == origin.first_inputs.size());
  CHECK_THROWS_AS(app::why(view, "he cutt"), app::UnknownName);
}
