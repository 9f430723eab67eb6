#include "reasoning/arms/lesion_arm.h"

#include <catch2/catch.hpp>

#include "tests/reasoning/arms/hosts.h"

using namespace noema;
using namespace noema::tests;

TEST_CASE("the lesion arm keeps its graph empty, and still learns from what was just read") {
  const ClosedWorld world;
  const auto arm = maker_of("lesion", false)();
  show(*arm, world, world.lines(1, 40, false));
  CHECK(arm->state().concepts == 0);
  CHECK(arm->description_bits() == 0);
  CHECK(arm->state().state_bytes > 0);
}
