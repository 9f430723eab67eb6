#include "app/actions/portrait.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "tests/app/program.h"

using namespace noema;

TEST_CASE("the portrait of a life has its concepts, the edges between them, and its best thoughts") {
  const tests::Workplace work;
  const auto life = work.life();
  REQUIRE(tests::run_noema({"feed", life, work.write("t.txt", tests::world_text(300)), "--think", "4"}).status == 0);
  const auto portrait = app::portrait(life);
  CHECK(portrait["nodes"].size() > 0);
  CHECK(portrait["nodes"].size() <= 36);
  for (const auto& node : portrait["nodes"]) CHECK(node["label"].is_string());
  CHECK(portrait["thoughts"].size() > 0);
  CHECK(portrait["by_kind"].is_object());
  CHECK_THROWS_AS(app::portrait(work.file("none.life")), base::Error);
}
