#include "experiments/metrics/offered.h"

#include <catch2/catch.hpp>

#include "tests/experiments/metrics/said.h"

using namespace noema::experiments;

TEST_CASE("among two: the label or its runner-up", "[classes]") {
  const auto fold = offered_metric().make();
  CHECK_FALSE(fold->value());
  add(*fold, {"first", 1, "first"});
  add(*fold, {"first", 1, "second"});
  add(*fold, {"first", 1, "third"});
  add(*fold, {std::nullopt, 1, "second"});  // no label, but the truth was offered
  CHECK(*fold->value() == Approx(0.75));
}

TEST_CASE("before the last task, and of what is of no class, nothing counts as offered", "[classes]") {
  const auto fold = offered_metric().make();
  add(*fold, {"first", 1, "third", false, 0});
  add(*fold, {"first", 1, "third", true});
  add_bits(*fold);
  CHECK_FALSE(fold->value());
}
