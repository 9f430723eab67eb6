#include "reasoning/arms/cache_arm.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/reasoning/arms/hosts.h"

using namespace noema;
using namespace noema::tests;

TEST_CASE("the cache arm expects again what followed a state like this one") {
  const ClosedWorld world;
  const auto arm = maker_of("cache{theta=30;lambda=0.5;window=100}", false)();
  const auto first = show(*arm, world, {{7, 8}}), again = show(*arm, world, {{7, 8}});
  CHECK(first[0] == Approx(-std::log2(world.probability(7))));
  CHECK(again[0] < first[0] - 1);
  CHECK(arm->state().state_bytes > 0);
}

TEST_CASE("the cache arm keeps no more states than its window") {
  const ClosedWorld world;
  const auto arm = maker_of("cache{theta=8;window=5}", false)();
  show(*arm, world, world.lines(1, 20, false));
  const auto bytes = arm->state().state_bytes;
  show(*arm, world, world.lines(2, 20, false));
  CHECK(arm->state().state_bytes == bytes);
}
