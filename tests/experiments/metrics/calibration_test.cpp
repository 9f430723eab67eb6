#include "experiments/metrics/calibration.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/experiments/metrics/said.h"

using namespace noema::experiments;

TEST_CASE("the calibration error of three bins, computed by hand", "[classes]") {
  const auto fold = calibration_metric().make();
  CHECK_FALSE(fold->value());
  add(*fold, {"a", 0.95, "a"});  // last bin: right 1 of 2, mean confidence .96
  add(*fold, {"a", 0.97, "b"});
  add(*fold, {"a", 0.50, "a"});  // right 1 of 1 at .5
  add(*fold, {"a", 0.05, "b"});  // right 0 of 1 at .05
  CHECK(*fold->value() == Approx((std::abs(1 - 1.92) + std::abs(1 - 0.5) + std::abs(0 - 0.05)) / 4));
}

TEST_CASE("who is right as often as confident has no calibration error", "[classes]") {
  const auto fold = calibration_metric().make();
  for (int i = 0; i < 4; ++i) add(*fold, {"a", 0.75, i < 3 ? "a" : "b"});
  for (int i = 0; i < 3; ++i) add(*fold, {"a", 1.0, "a"});
  add(*fold, {"a", 0.0, "b"});
  CHECK(*fold->value() == Approx(0).margin(1e-12));
}

TEST_CASE("errors of opposite sign in one bin cancel, in two bins they add", "[classes]") {
  const auto one = calibration_metric().make(), two = calibration_metric().make();
  add(*one, {"a", 0.50, "a"});
  add(*one, {"a", 0.50, "b"});
  CHECK(*one->value() == Approx(0).margin(1e-12));
  add(*two, {"a", 0.50, "a"});
  add(*two, {"a", 0.55, "b"});
  CHECK(*two->value() == Approx((0.5 + 0.55) / 2));
}

TEST_CASE("without a label, before the last task, and of what is of no class, nothing counts", "[classes]") {
  const auto fold = calibration_metric().make();
  add(*fold, {std::nullopt, 0.9, "b"});
  add(*fold, {"a", 0.9, "b", false, 0});
  add(*fold, {"a", 0.9, "b", true});
  add_bits(*fold);
  CHECK_FALSE(fold->value());
}
