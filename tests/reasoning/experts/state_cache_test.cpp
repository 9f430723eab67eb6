#include "reasoning/experts/state_cache.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "base/rng.h"

using noema::reasoning::StateCache;
using noema::reasoning::StateCacheOptions;
using noema::reasoning::UnitReading;

namespace {

constexpr std::size_t kWidth = 16;

UnitReading unit(std::uint32_t id, noema::base::Rng& rng) {
  UnitReading reading;
  reading.surface_id = id;
  double square = 0;
  for (std::size_t d = 0; d < kWidth; ++d) {
    reading.hidden.push_back(static_cast<float>(rng.normal()));
    square += double{reading.hidden.back()} * double{reading.hidden.back()};
  }
  for (float& x : reading.hidden) x = static_cast<float>(x / std::sqrt(square));
  return reading;
}

}  // namespace

TEST_CASE("the shares of the cache's voices over all units sum to one") {
  noema::base::Rng rng(1);
  StateCache store(kWidth, {.entries = 50});
  for (int i = 0; i < 300; ++i) store.store(unit(static_cast<std::uint32_t>(rng.below(10)), rng));
  const UnitReading query = unit(0, rng);
  std::array<double, StateCache::kVoices> sum{};
  for (std::uint32_t id = 0; id < 10; ++id) {
    UnitReading asked = query;
    asked.surface_id = id;
    const auto shares = store.predict(asked).shares;
    for (std::size_t e = 0; e < StateCache::kVoices; ++e) sum[e] += shares[e];
  }
  for (const double total : sum) CHECK(total == Approx(1).epsilon(1e-5));
}

TEST_CASE("a state like one seen before expects what followed it") {
  noema::base::Rng rng(2);
  StateCache store(kWidth);
  std::vector<UnitReading> seen;
  for (std::uint32_t id = 0; id < 20; ++id) {
    seen.push_back(unit(id, rng));
    store.store(seen.back());
  }
  const auto known = store.predict(seen[7]);
  CHECK(known.shares[0] > 0.9);
  CHECK(known.focus > 0.8);
  CHECK(known.favourite > 0.5);
  CHECK(known.mass == Approx(0).margin(0.1));
  CHECK(store.predict(unit(7, rng)).mass < -5);
}

TEST_CASE("the states of units that each come once hold no more than was said, in a life of any size") {
  for (const std::uint64_t max_bytes : {0, 98304, 400000, 10000000}) {
    INFO(max_bytes);
    const StateCacheOptions options = StateCacheOptions{.entries = 300}.within(max_bytes, kWidth);
    CHECK(options.entries >= 1);
    CHECK(options.entries <= 300);
    noema::base::Rng rng(3);
    StateCache store(kWidth, options);
    for (std::uint32_t id = 0; id < 1000; ++id) {
      const UnitReading reading = unit(id, rng);
      store.predict(reading);
      store.store(reading);
      REQUIRE(store.bytes() <= StateCache::most_bytes(kWidth, options));
    }
    if (max_bytes > 0) CHECK(store.bytes() <= max_bytes / 4);
  }
}
