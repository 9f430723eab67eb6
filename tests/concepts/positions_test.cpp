#include "concepts/positions.h"

#include <catch2/catch.hpp>

#include "base/rng.h"

using noema::concepts::Position;
using noema::concepts::Positions;

TEST_CASE("positions agree with a plain list while they are added at the end and go at the front") {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    noema::base::Rng rng(seed);
    Positions positions;
    std::vector<Position> plain;
    Position next = 0;
    for (int step = 0; step < 3000; ++step) {
      if (rng.below(4) != 0) {
        next += 1 + static_cast<Position>(rng.below(3));
        positions.push_back(next);
        plain.push_back(next);
        continue;
      }
      const auto gone = static_cast<std::ptrdiff_t>(rng.below(plain.size() + 1));
      const std::vector<Position> front(plain.begin(), plain.begin() + gone);
      positions.drop_below(static_cast<std::size_t>(gone) == plain.size() ? next + 1 : plain[front.size()]);
      if (rng.below(2) == 0)
        positions.prepend(front);
      else
        plain.erase(plain.begin(), plain.begin() + gone);
      REQUIRE(positions.list() == plain);
    }
    CHECK(positions.size() == plain.size());
    CHECK(std::vector<Position>(positions.rbegin(), positions.rend()) ==
          std::vector<Position>(plain.rbegin(), plain.rend()));
    CHECK(positions == Positions(plain));
    CHECK(positions.bytes() == Positions(plain).bytes());
    CHECK(positions.held_bytes() <= 3 * positions.bytes() + 64);
  }
}

TEST_CASE("no positions need no bytes, and a list of few is rounded up to a power of two") {
  Positions positions;
  CHECK(positions.empty());
  CHECK(positions.bytes() == 0);
  positions.push_back(5);
  CHECK(positions.bytes() == 4);
  positions.push_back(6);
  positions.push_back(7);
  CHECK(positions.bytes() == 16);
  CHECK(positions.back() == 7);
  CHECK(positions[1] == 6);
  positions.drop_below(8);
  CHECK(positions.empty());
  CHECK(positions.bytes() == 0);
  CHECK_FALSE(positions == Positions(std::vector<Position>{7}));
}
