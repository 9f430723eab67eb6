#include "base/rng.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <span>
#include <vector>

using noema::base::Rng;

TEST_CASE("the same seed gives the same numbers, and forks are independent of each other") {
  Rng a(7), b(7);
  for (int i = 0; i < 100; ++i) CHECK(a.bits() == b.bits());
  CHECK(Rng(7).fork("x").bits() == Rng(7).fork("x").bits());
  CHECK(Rng(7).fork("x").bits() != Rng(7).fork("y").bits());
  CHECK(Rng(7).fork("x").bits() != Rng(8).fork("x").bits());
}

TEST_CASE("shuffling gives each order equally often, also of a part, and loses nothing") {
  Rng rng(5);
  std::map<std::vector<int>, int> orders;
  for (int i = 0; i < 6000; ++i) {
    std::vector<int> items{0, 1, 2, 3};
    noema::base::shuffle(std::span(items).first(3), rng);
    CHECK(items.back() == 3);
    ++orders[items];
  }
  CHECK(orders.size() == 6);
  for (const auto& [order, count] : orders) CHECK(std::abs(count - 1000) < 150);
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

TEST_CASE("the bits are those of xoshiro256**, seeded by splitmix64, as their authors publish them") {
  Rng reference(Rng::State{1, 2, 3, 4});
  for (const std::uint64_t expected :
       {11520ULL, 0ULL, 1509978240ULL, 1215971899390074240ULL, 1216172134540287360ULL, 607988272756665600ULL,
        16172922978634559625ULL, 8476171486693032832ULL, 10595114339597558777ULL, 2904607092377533576ULL})
    CHECK(reference.bits() == expected);
  CHECK(Rng(0).state() ==
        Rng::State{0xe220a8397b1dcdafULL, 0x6e789e6aa1b965f4ULL, 0x06c45d188009454fULL, 0xf88bb8a8724c81ecULL});
}

TEST_CASE("a copy goes on alike, and so does a generator with the same state") {
  Rng rng(5);
  rng.bits();
  Rng copy = rng, restored(rng.state());
  for (int i = 0; i < 10; ++i) {
    const std::uint64_t bits = rng.bits();
    CHECK(copy.bits() == bits);
    CHECK(restored.bits() == bits);
  }
}

TEST_CASE("forking does not advance, depends on the whole name, and on where the generator stands") {
  Rng rng(5);
  const auto before = rng.state();
  const std::uint64_t first = rng.fork("weights").bits();
  CHECK(rng.state() == before);
  for (const char* other : {"", "weight", "weightS", "weights ", "sthgiew"}) CHECK(rng.fork(other).bits() != first);
  rng.bits();
  CHECK(rng.fork("weights").bits() != first);
}

TEST_CASE("below never reaches its bound, whatever the bound, and needs one") {
  Rng rng(9);
  for (const std::uint64_t bound :
       {std::uint64_t{1}, std::uint64_t{2}, std::uint64_t{3}, (std::uint64_t{1} << 63) + 1, ~std::uint64_t{0}})
    for (int i = 0; i < 200; ++i) REQUIRE(rng.below(bound) < bound);
  for (int i = 0; i < 10; ++i) CHECK(rng.below(1) == 0);
  CHECK_THROWS_AS(rng.below(0), std::logic_error);
  // A bound above 2^63 is where a careless remainder prefers small numbers: half of all draws lie below half of it.
  const std::uint64_t large = std::uint64_t{3} << 62;
  int low = 0;
  for (int i = 0; i < 20000; ++i) low += rng.below(large) < large / 2;
  CHECK(std::abs(low - 10000) < 400);
}

TEST_CASE("uniform lies in [0, 1) and fills its eighths, and normal is always finite") {
  Rng rng(4);
  std::array<int, 8> eighths{};
  for (int i = 0; i < 80000; ++i) {
    const double x = rng.uniform();
    REQUIRE((x >= 0 && x < 1));
    ++eighths[static_cast<std::size_t>(8 * x)];
    REQUIRE(std::isfinite(rng.normal()));
  }
  for (const int count : eighths) CHECK(std::abs(count - 10000) < 500);
}

TEST_CASE("normal has the tails of its law") {
  Rng rng(6);
  int beyond_one = 0, beyond_two = 0;
  for (int i = 0; i < 50000; ++i) {
    const double x = std::abs(rng.normal());
    beyond_one += x > 1;
    beyond_two += x > 2;
  }
  CHECK(beyond_one / 50000.0 == Approx(0.3173).margin(0.01));
  CHECK(beyond_two / 50000.0 == Approx(0.0455).margin(0.005));
}
