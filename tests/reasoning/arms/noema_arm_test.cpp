#include "reasoning/arms/noema_arm.h"

#include <catch2/catch.hpp>

#include "tests/reasoning/arms/hosts.h"

using namespace noema;
using namespace noema::tests;

TEST_CASE("the noema arm thinks between experiences, and its option says to think anew") {
  const ClosedWorld world;
  const auto arm = maker_of("noema", false)();
  show(*arm, world, world.lines(1, 80, false));
  CHECK(arm->think(100) + arm->state().concepts > 0);
  CHECK(arm->description_bits() > 0);
  CHECK(reasoning::ArmSpec::parse("noema{anew=true}").anew);
}
