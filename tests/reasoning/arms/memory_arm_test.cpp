#include "reasoning/arms/memory_arm.h"

#include <catch2/catch.hpp>

#include "tests/reasoning/arms/hosts.h"

using namespace noema;
using namespace noema::tests;

TEST_CASE("the memory arm keeps every input and never thinks") {
  const ClosedWorld world;
  const auto arm = maker_of("memory", false)();
  show(*arm, world, world.lines(1, 40, false));
  CHECK(arm->state().concepts > 0);
  CHECK(arm->think(100) == 0);
  CHECK(arm->state().thoughts == 0);
}
