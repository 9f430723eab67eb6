#include <catch2/catch.hpp>

#include "tests/app/program.h"

using namespace noema::tests;

TEST_CASE("replay says that the graph is the same") {
  const Workplace work;
  CHECK_THAT(run_noema({"replay", work.life()}).out, Catch::Contains("the same graph."));
}
