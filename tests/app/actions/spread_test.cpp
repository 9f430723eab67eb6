#include "app/actions/spread.h"

#include <catch2/catch.hpp>

#include "app/actions/names.h"
#include "tests/app/small_life.h"

using namespace noema;
using tests::SmallLife;

TEST_CASE("what stands beside a concept more often than chance is most active, and an unknown name is refused") {
  SmallLife life({"the black cat sleeps", "the black cat purrs", "a dog barks", "a dog runs"});
  const auto view = life.mind->view();
  const auto found = app::spread(view, "black", 1, 10);
  REQUIRE_FALSE(found.empty());
  CHECK(found.size() <= 10);
  CHECK(std::any_of(found.begin(), found.end(), [](const auto& one) { return one.itself.label == "cat"; }));
  CHECK(std::none_of(found.begin(), found.end(), [](const auto& one) { return one.itself.label == "dog"; }));
  CHECK(app::to_json(found.front()).contains("activation"));
  CHECK(app::spread(view, "black", 4, 1).size() == 1);
  CHECK_THROWS_AS(app::spread(view, "blakc", 1, 10), app::UnknownName);
}
