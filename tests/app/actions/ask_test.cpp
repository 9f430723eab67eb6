#include "app/actions/ask.h"

#include <catch2/catch.hpp>

#include "app/actions/status.h"
#include "tests/app/small_life.h"

using namespace noema;
using tests::SmallLife;

TEST_CASE("a question is answered with where and when the answer was told, and stored only if it is to be learned") {
  SmallLife life({"the red ball is under the bed", "the king lives in the castle"});
  const auto asked = app::ask(*life.mind, {"where is the red ball", false});
  REQUIRE(asked.answer);
  CHECK(*asked.answer == "the red ball is under the bed");
  REQUIRE_FALSE(asked.evidence.empty());
  CHECK_THAT(app::told_where(asked.evidence.front().input),
             Catch::StartsWith("told on 2") && Catch::EndsWith("in small.txt, line 1"));
  CHECK(app::status_of(*life.mind).episodes == 2);
  app::ask(*life.mind, {"where is the red ball", true});
  life.mind->commit();
  CHECK(app::status_of(*life.mind).episodes == 3);
  const auto nothing = app::to_json(app::ask(*life.mind, {"zyzzyva qwerty", false}));
  CHECK(nothing["answer"].is_null());
  CHECK(nothing["abstained"] == true);
  CHECK_THROWS_AS(app::ask(*life.mind, {"\xff", false}), base::Error);
}
