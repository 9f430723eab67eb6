#pragma once
// How accurate a learner is on each task after each, where classes come task by task. R(i, j): share of task j's items
// that are right after the tasks 1..i; R(0, j): before the first. T: number of tasks.

#include <nlohmann/json.hpp>
#include <vector>

#include "experiments/metrics/metric.h"

namespace noema::experiments {

/// R, as outcomes are added.
class AccuracyMatrix {
 public:
  void add(const Scored& scored);
  std::size_t tasks() const { return counts_.empty() ? 0 : counts_.size() - 1; }
  /// R(after, task): after from 0, task from 1. Absent where nothing was asked.
  std::optional<double> at(std::size_t after, std::size_t task) const;
  /// Share of the items of tasks 1..after that are right after them, each item counting the same.
  std::optional<double> so_far(std::size_t after) const;
  /// Whether everything was asked: T rows of T.
  bool is_whole() const;
  /// Rows after 0, 1 .. T tasks; null where nothing was asked.
  nlohmann::json to_json() const;

 private:
  struct Count {
    std::uint64_t right = 0, all = 0;
  };
  std::vector<std::vector<Count>> counts_;  ///< [T + 1][T]
};

MetricKind average_accuracy_metric();              ///< ACC
MetricKind average_incremental_accuracy_metric();  ///< mean of the accuracies on what was learned so far
MetricKind backward_transfer_metric();             ///< BWT
MetricKind forward_transfer_metric();              ///< FWT
MetricKind forgetting_metric();

}  // namespace noema::experiments
