#include "reasoning/arms/static_arm.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/reasoning/arms/hosts.h"

using namespace noema;
using namespace noema::tests;

TEST_CASE("the static arm costs what the transformer says, and learns nothing") {
  const ClosedWorld world;
  const auto arm = maker_of("static", false)();
  const Lines lines{{1, 2}, {1, 2}};
  const auto bits = show(*arm, world, lines);
  REQUIRE(bits.size() == 6);
  CHECK(bits[0] == Approx(-std::log2(world.probability(1))));
  CHECK(bits[3] == bits[0]);
  CHECK(arm->state().state_bytes == 0);
  CHECK(arm->think(10) == 0);
  CHECK(reasoning::static_arm().options.empty());
}
