#include "experiments/metrics/target_bits.h"

#include <catch2/catch.hpp>

#include "tests/experiments/metrics/said.h"

using namespace noema::experiments;

TEST_CASE("bits of a target are divided by its characters and its line end: a hand-computed case") {
  const auto fold = target_bits_metric().make();
  CHECK_FALSE(fold->value());
  add(*fold, {"s", "道可"}, {"", {2, 3, 1}});
  CHECK(*fold->value() == Approx(6.0 / 3));
  add(*fold, {"s", "x"}, {"", {4, 0}});
  CHECK(*fold->value() == Approx(10.0 / 5));
  add(*fold, {"s", ""}, {"", {2}});  // the line end alone
  CHECK(*fold->value() == Approx(12.0 / 6));
}

TEST_CASE("what was said, and sources, however long, change nothing of what targets cost") {
  const auto one = target_bits_metric().make(), other = target_bits_metric().make();
  add(*one, {"s", "abc"}, {"abc", {1, 2, 3, 4}});
  add(*other, {"a long source", "abc"}, {"nothing of it", {1, 2, 3, 4}});
  CHECK(one->value() == other->value());
}

TEST_CASE("a pair of which no bits are known, and what is no pair, are not counted") {
  const auto fold = target_bits_metric().make();
  add(*fold, {"s", "abc"}, {"abc", {}});
  add_bits(*fold);
  add(*fold, Said{"a"});
  CHECK_FALSE(fold->value());
  add(*fold, {"s", "abc"}, {"", {8}});
  add(*fold, {"s", "abc"}, {"abc", {}});
  CHECK(*fold->value() == Approx(8.0 / 4));
}

TEST_CASE("a target that was known for certain costs 0 bits, which is a value") {
  const auto fold = target_bits_metric().make();
  add(*fold, {"s", "ab"}, {"ab", {0, 0, 0}});
  REQUIRE(fold->value());
  CHECK(*fold->value() == 0);
}
