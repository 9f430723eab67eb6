#include "app/actions/recall.h"

#include <catch2/catch.hpp>

#include "app/actions/names.h"
#include "tests/app/small_life.h"

using namespace noema;
using tests::SmallLife;

TEST_CASE("a cue calls up inputs; a line of a file of queries keeps its id and may name a group") {
  SmallLife life({"the red ball is under the bed", "the king lives in the castle"});
  const auto found = app::recall(*life.mind, {"king", 5, {}});
  REQUIRE_FALSE(found.hits.empty());  // concepts that go with the cue call up others too
  CHECK(app::to_json(found.hits.front(), 1)["text"] == "the king lives in the castle");
  CHECK(app::no_hit()["rank"].is_null());
  CHECK_THROWS_AS(app::recall(*life.mind, {"king", 5, "nowhere"}), app::UnknownName);
  const auto query = app::query_of(R"({"id": 7, "text": "red", "group": null})", "q:1", {});
  CHECK(app::to_json(query, app::recall(*life.mind, query.request))["id"] == 7);
  CHECK_THROWS_WITH(app::query_of(R"({"text": 5})", "q:1", {}), Catch::StartsWith("q:1: expected"));
  CHECK_THROWS_WITH(app::query_of(R"({"text": "a", "group": 5})", "q:2", {}), Catch::Contains("expected a string"));
}
