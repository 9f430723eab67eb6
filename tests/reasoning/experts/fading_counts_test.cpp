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

TEST_CASE("with a limit the half that counts least goes, and what is left still shares one") {
  FadingCounts counts(100, 8);
  for (std::uint32_t unit = 1; unit <= 2000; ++unit) {
    counts.add(unit);
    counts.add(0);  // recurs
    REQUIRE(counts.bytes() <= 8 * FadingCounts::kBytesEach);
    REQUIRE(counts.share(unit) > 0);
  }
  double all = 0;
  for (std::uint32_t unit = 0; unit <= 2000; ++unit) all += counts.share(unit);
  CHECK(all == Approx(1));
  CHECK(counts.share(0) > 0.5);
  CHECK(counts.share(1) == 0);
}

TEST_CASE("a limit that is not reached changes nothing") {
  FadingCounts plain(10), limited(10, 50);
  for (std::uint32_t i = 0; i < 500; ++i) {
    plain.add(i * i % 47);
    limited.add(i * i % 47);
  }
  for (std::uint32_t unit = 0; unit < 47; ++unit) CHECK(plain.share(unit) == limited.share(unit));
}

TEST_CASE("counts that were added long ago are forgotten, and the others stay exact") {
  FadingCounts counts(1);
  counts.add(7);
  for (int i = 0; i < 1000; ++i) counts.add(1 + i % 2);
  CHECK(counts.share(7) == 0);
  CHECK(counts.bytes() == 2 * 32);
  CHECK(counts.share(2) == Approx(2.0 / 3));
}
