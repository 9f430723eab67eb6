#include <catch2/catch.hpp>

#include "tests/app/program.h"

using namespace noema::tests;

TEST_CASE("score prints a table for people: a row an arm, no JSON, no nan") {
  const Workplace work;
  const auto scored = run_noema({"score", work.life(), work.write("t.txt", world_text(20)), "--arms", "static,memory"});
  INFO(scored.err);
  REQUIRE(scored.status == 0);
  CHECK_THAT(scored.out, Catch::Contains("bits per character") && Catch::Contains("against static"));
  CHECK_THAT(scored.out, !Catch::Contains("{") && !Catch::Contains("nan") && !Catch::Contains("inf"));
}
