#include "reasoning/arms/dynamic_arm.h"

#include <catch2/catch.hpp>
#include <numeric>

#include "tests/reasoning/arms/hosts.h"

using namespace noema;
using namespace noema::tests;

TEST_CASE("the dynamic arm reads with a copy of its own that goes on learning") {
  const auto arm = maker_of("dynamic{rate=0.01;decay=0;segment=8}", true)();
  const auto cost = [&] {
    double bits = 0;
    for (const std::string& text : small_world(3, 20)) {
      const auto units = std::get<reasoning::Bits>(arm->experience(reasoning::Text{text, nullptr})).units;
      bits += std::accumulate(units.begin(), units.end(), 0.0);
    }
    return bits;
  };
  const double first = cost();
  CHECK(cost() < first);
  CHECK(arm->state().state_bytes > 0);
}

TEST_CASE("the dynamic arm refuses a reading that no learning copy made") {
  const auto arm = maker_of("dynamic", false)();
  std::vector<reasoning::UnitReading> reading(1);
  CHECK_THROWS_AS(arm->experience(reasoning::Text{"x", &reading}), std::logic_error);
}
