#include "concepts/facts/key.h"

#include <catch2/catch.hpp>
#include <set>

using namespace noema::concepts::facts;

TEST_CASE("the same numbers in the same order give the same key, in every build") {
  CHECK(mixed({}) == 0x9E3779B97F4A7C15ULL);
  CHECK(mixed({1, 2, 3}) == mixed({1, 2, 3}));
  CHECK(mixed({1, 2, 3}) != mixed({3, 2, 1}));
  CHECK(mixed({1}) != mixed({1, 0}));
  CHECK(mixed({0}) != mixed({0, 0}));
}

TEST_CASE("keys of small numbers, of which counts are made, do not collide") {
  std::set<Key> keys;
  for (Key a = 0; a < 60; ++a)
    for (Key b = 0; b < 60; ++b)
      for (Key c = 0; c < 60; ++c) keys.insert(mixed({a, b, c}));
  CHECK(keys.size() == 60 * 60 * 60);
}
