#include <catch2/catch.hpp>

#include "tests/app/program.h"

using namespace noema::tests;

TEST_CASE("why tells a thought with its evidence, and where a concept was first met") {
  const Workplace work;
  const std::string life = work.life();
  REQUIRE(run_noema({"feed", life, work.write("a.txt", world_text(100)), "--think", "2"}).status == 0);
  CHECK_THAT(run_noema({"why", life, "thought:1"}).out, Catch::StartsWith("thought:1  "));
  CHECK_THAT(run_noema({"why", life, "animal"}).out, Catch::Contains("animal was first met in"));
  CHECK(run_noema({"why", life, "thought:x"}).status == 2);
}
