#include "reasoning/experts/fading_counts.h"

#include <catch2/catch.hpp>
#include <cmath>

using noema::reasoning::FadingCounts;

TEST_CASE("a count fades by half in its half-life, and shares sum to one") {
  FadingCounts counts(10);
  CHECK(counts.share(1) == 0);
  counts.add(1);
  CHECK(counts.share(1) == Approx(1));
  for (int i = 0; i < 10; ++i) counts.add(2);
  counts.add(3);
  CHECK(counts.share(1) == Approx(counts.share(3) / 2 / std::exp2(0.1)));
  CHECK(counts.share(1) + counts.share(2) + counts.share(3) == Approx(1));
}

TEST_CASE("counts that were added long ago are forgotten, and the others stay exact") {
  FadingCounts counts(1);
  counts.add(7);
  for (int i = 0; i < 1000; ++i) counts.add(1 + i % 2);
  CHECK(counts.share(7) == 0);
  CHECK(counts.bytes() == 2 * 32);
  CHECK(counts.share(2) == Approx(2.0 / 3));
}
