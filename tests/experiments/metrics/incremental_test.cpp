#include "experiments/metrics/incremental.h"

#include <catch2/catch.hpp>

#include "experiments/metrics/calibration.h"
#include "experiments/metrics/offered.h"
#include "experiments/metrics/outside.h"

using namespace noema::experiments;
using noema::reasoning::Label;
using noema::reasoning::LabelledText;
using noema::reasoning::Outcome;

namespace {

/// What was asked: after so many tasks, of which task, how many of how many are right.
struct Asked {
  std::size_t after, of, right, all;
};

void add(Fold& fold, const std::vector<Asked>& all, std::size_t tasks) {
  for (const Asked& asked : all)
    for (std::size_t i = 0; i < asked.all; ++i) {
      const LabelledText text{"x", "right"};
      const Outcome outcome = Label{i < asked.right ? "right" : "wrong", std::nullopt, 1};
      fold.add({text, outcome, {}, {}, AskedAt{asked.after, asked.of, tasks, false}});
    }
}

/// R: before the first task 0, .5, 0; then 1 0 0; .5 1 0; .25 .5 1. Tasks have 4, 4 and 2 items.
const std::vector<Asked> kThree{{0, 0, 0, 4}, {0, 1, 2, 4}, {0, 2, 0, 2}, {1, 0, 4, 4}, {1, 1, 0, 4}, {1, 2, 0, 2},
                                {2, 0, 2, 4}, {2, 1, 4, 4}, {2, 2, 0, 2}, {3, 0, 1, 4}, {3, 1, 2, 4}, {3, 2, 2, 2}};

double value_of(const MetricKind& kind, const std::vector<Asked>& asked, std::size_t tasks) {
  const auto fold = kind.make();
  add(*fold, asked, tasks);
  return fold->value().value_or(-99);
}

void say(Fold& fold, std::optional<std::string> label, double confidence, const std::string& truth,
         bool outside = false, std::size_t after = 1) {
  const LabelledText text{"x", truth};
  const Outcome outcome = Label{std::move(label), "second", confidence};
  fold.add({text, outcome, {}, {}, AskedAt{after, 0, 1, outside}});
}

}  // namespace

TEST_CASE("the measures of the accuracy matrix, computed by hand", "[classes]") {
  CHECK(value_of(average_accuracy_metric(), kThree, 3) == Approx((0.25 + 0.5 + 1) / 3));
  CHECK(value_of(average_incremental_accuracy_metric(), kThree, 3) == Approx((1 + 6.0 / 8 + 5.0 / 10) / 3));
  CHECK(value_of(backward_transfer_metric(), kThree, 3) == Approx(((0.25 - 1) + (0.5 - 1)) / 2));
  CHECK(value_of(forward_transfer_metric(), kThree, 3) == Approx(((0 - 0.5) + (0 - 0)) / 2));
  CHECK(value_of(forgetting_metric(), kThree, 3) == Approx(((1 - 0.25) + (1 - 0.5)) / 2));
}

TEST_CASE("without a whole matrix, or with one task, there is nothing to transfer or forget", "[classes]") {
  CHECK(value_of(forgetting_metric(), {{0, 0, 0, 2}, {1, 0, 2, 2}}, 1) == -99);
  CHECK(value_of(average_accuracy_metric(), {{0, 0, 0, 2}, {1, 0, 1, 2}}, 1) == Approx(0.5));
  CHECK(value_of(average_accuracy_metric(), {{0, 0, 0, 2}}, 1) == -99);
  AccuracyMatrix matrix;
  CHECK_FALSE(matrix.is_whole());
}

TEST_CASE("among two: the label or its runner-up", "[classes]") {
  const auto fold = offered_metric().make();
  say(*fold, "first", 1, "first");
  say(*fold, "first", 1, "second");
  say(*fold, "first", 1, "third");
  say(*fold, std::nullopt, 1, "second");
  say(*fold, "first", 1, "third", false, 0);  // before the last task: not counted
  CHECK(*fold->value() == Approx(0.75));
}

TEST_CASE("the calibration error of three bins, computed by hand", "[classes]") {
  const auto fold = calibration_metric().make();
  say(*fold, "a", 0.95, "a");  // last bin: right 1 of 2, mean confidence .96
  say(*fold, "a", 0.97, "b");
  say(*fold, "a", 0.50, "a");          // right 1 of 1 at .5
  say(*fold, "a", 0.05, "b");          // right 0 of 1 at .05
  say(*fold, std::nullopt, 0.9, "b");  // no label: not counted
  CHECK(*fold->value() == Approx((std::abs(1 - 1.92) + std::abs(1 - 0.5) + std::abs(0 - 0.05)) / 4));
}

TEST_CASE("the area under the curve counts pairs, ties half", "[classes]") {
  const auto fold = outside_metric().make();
  say(*fold, "a", 0.9, "a");
  say(*fold, "a", 0.5, "a");
  CHECK_FALSE(fold->value());
  say(*fold, "a", 0.5, "none", true);
  say(*fold, "a", 0.1, "none", true);
  say(*fold, "a", 0.7, "none", true);
  CHECK(*fold->value() == Approx((3 + 1.5) / 6));
}
