#include "experiments/metrics/incremental.h"

#include <catch2/catch.hpp>

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
