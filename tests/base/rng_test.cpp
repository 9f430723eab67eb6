#include "base/rng.h"

#include <catch2/catch.hpp>
#include <cmath>

using noema::base::Rng;

TEST_CASE("the same seed gives the same numbers, and forks are independent of each other") {
  Rng a(7), b(7);
  for (int i = 0; i < 100; ++i) CHECK(a.bits() == b.bits());
  CHECK(Rng(7).fork("x").bits() == Rng(7).fork("x").bits());
  CHECK(Rng(7).fork("x").bits() != Rng(7).fork("y").bits());
  CHECK(Rng(7).fork("x").bits() != Rng(8).fork("x").bits());
}

TEST_CASE("below is uniform, and normal has mean 0 and deviation 1") {
  Rng rng(3);
  std::array<int, 7> seen{};
  double sum = 0, squares = 0;
  constexpr int kDraws = 70000;
  for (int i = 0; i < kDraws; ++i) {
    ++seen[rng.below(7)];
    const double x = rng.normal();
    sum += x;
    squares += x * x;
  }
  for (int count : seen) CHECK(std::abs(count - 10000) < 500);
  CHECK(std::abs(sum / kDraws) < 0.02);
  CHECK(std::abs(squares / kDraws - 1) < 0.03);
}
