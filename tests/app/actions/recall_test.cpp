#include "app/actions/recall.h"

#include <catch2/catch.hpp>

#include "app/actions/names.h"
#include "tests/app/small_life.h"

using namespace noema;
using tests::SmallLife;

TEST_CASE("a cue calls up inputs; a line of a file of queries keeps its id and may name a group") {
  SmallLife life({"the red ball is under the bed", "the king lives in the castle"});
  const auto found = app::recall(*life.mind, {"king", 5, {}});
  REQUIRE_FALSE(found.hits.empty());
  CHECK(app::to_json(found.hits.front(), 1)["text"] == "the king lives in the castle");
  CHECK(app::no_hit()["rank"].is_null());
  CHECK_THROWS_AS(app::recall(*life.mind, {"king", 5, "nowhere"}), app::UnknownName);
  const auto query = app::query_of(R"({"id": 7, "text": "red", "group": null})", "q:1", {});
  CHECK(app::to_json(query, app::recall(*life.mind, query.request))["id"] == 7);
  CHECK_THROWS_WITH(app::query_of(R"({"text": 5})", "q:1", {}), Catch::StartsWith("q:1: expected"));
  CHECK_THROWS_WITH(app::query_of(R"({"text": "a", "group": 5})", "q:2", {}), Catch::Contains("expected a string"));
}

TEST_CASE("a text that was told several times is one hit, which says how often and when last") {
  SmallLife life;
  reasoning::Input input;
  input.text = "the king lives in the castle";
  for (const double time : {1709208000.0, 1709211600.0, 1709294400.0}) {
    input.time = time;
    life.mind->perceive(input);
  }
  input.speaker = "Ann";
  input.time = 1709300000;
  life.mind->perceive(input);
  life.mind->commit();
  app::RecallRequest request{"king", 5};
  request.filter.since = 1709211600;
  const auto found = app::recall(*life.mind, request);
  REQUIRE(found.hits.size() == 1);
  const auto json = app::to_json(found.hits.front(), 1);
  CHECK(json["episode"] == 4);
  CHECK(json["times"] == 3);
  CHECK(json["since"] == "2024-02-29T13:00:00+00:00");
  CHECK(json["last"] == "2024-03-01T13:33:20+00:00");
  CHECK(app::told_when(found.hits.front()) == "told 3 times, last on 2024-03-01 13:33 by Ann");
  request.filter.speaker = "Ann";
  CHECK(app::told_when(app::recall(*life.mind, request).hits.front()) == "told on 2024-03-01 13:33 by Ann");
  request.filter.speaker = "An";
  CHECK_THROWS_WITH(app::recall(*life.mind, request), Catch::Contains("did you mean Ann?"));
  for (const char* key : {"times", "since", "last"}) CHECK(app::no_hit()[key].is_null());
}
