#include "experiments/metrics/outside.h"

#include <catch2/catch.hpp>

#include "tests/experiments/metrics/said.h"

using namespace noema::experiments;

TEST_CASE("the area under the curve counts pairs, ties half", "[classes]") {
  const auto fold = outside_metric().make();
  add(*fold, {"a", 0.9, "a"});
  add(*fold, {"a", 0.5, "a"});
  CHECK_FALSE(fold->value());
  for (const double confidence : {0.5, 0.1, 0.7}) add(*fold, {"a", confidence, "none", true});
  CHECK(*fold->value() == Approx((3 + 1.5) / 6));
}

TEST_CASE("confidence that always or never tells them apart gives an area of one or none", "[classes]") {
  const auto always = outside_metric().make(), never = outside_metric().make();
  for (const double confidence : {0.6, 0.7}) {
    add(*always, {"a", confidence, "a"});
    add(*always, {std::nullopt, confidence - 0.2, "none", true});  // the likeliest class, though no label is said
    add(*never, {"a", confidence, "a"});
    add(*never, {"a", confidence + 0.2, "none", true});
  }
  CHECK(*always->value() == 1);
  CHECK(*never->value() == 0);
}

TEST_CASE("what was asked before the last task has no part in the area", "[classes]") {
  const auto fold = outside_metric().make();
  add(*fold, {"a", 0.9, "a", false, 0});
  add(*fold, {"a", 0.1, "none", true});
  add_bits(*fold);
  CHECK_FALSE(fold->value());
}
