#include "app/actions/way.h"

#include <catch2/catch.hpp>

#include "app/actions/names.h"
#include "tests/app/small_life.h"

using namespace noema;
using tests::SmallLife;

TEST_CASE("a way leads from one concept to another by named steps; where none leads there is none") {
  SmallLife life({"black cat", "cat sleeps", "dog barks"});
  const auto view = life.mind->view();
  const auto way = app::way_between(view, "black", "sleeps");
  REQUIRE(way.size() == 3);
  CHECK(way[1].itself.label == "cat");
  CHECK(way[1].role == "after");
  CHECK(app::to_json(way[0])["role"].is_null());
  CHECK(app::way_between(view, "black", "barks").empty());
  CHECK(app::way_between(view, "cat", "cat").size() == 1);
  CHECK_THROWS_AS(app::way_between(view, "black", "zyzzyva"), app::UnknownName);
}
