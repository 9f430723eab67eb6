#include "concepts/counts.h"

#include <catch2/catch.hpp>
#include <map>

#include "base/rng.h"

using noema::concepts::ConceptId;
using noema::concepts::CountMap;

TEST_CASE("a count map agrees with std::map under random additions and removals") {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    noema::base::Rng rng(seed);
    CountMap counts;
    std::map<ConceptId, std::uint32_t> reference;
    for (int step = 0; step < 20000; ++step) {
      const auto key = static_cast<ConceptId>(rng.below(step % 2 ? 50 : 3000));
      const auto held = reference[key];
      const std::int64_t delta = rng.uniform() < 0.55 || held == 0 ? static_cast<std::int64_t>(1 + rng.below(3))
                                                                   : -static_cast<std::int64_t>(1 + rng.below(held));
      reference[key] = static_cast<std::uint32_t>(held + delta);
      CHECK(counts.add(key, delta) == reference[key]);
      if (reference[key] == 0) reference.erase(key);
    }
    CHECK(counts.size() == reference.size());
    CHECK(counts.sorted() == std::vector<std::pair<ConceptId, std::uint32_t>>(reference.begin(), reference.end()));
    std::size_t iterated = 0;
    for (auto key = counts.begin(); key != counts.end(); ++key) {
      CHECK(reference.at(*key) == key.count());
      ++iterated;
    }
    CHECK(iterated == reference.size());
  }
}

TEST_CASE("a count cannot fall below zero") {
  CountMap counts;
  counts.add(7, 2);
  CHECK_THROWS(counts.add(7, -3));
}
