#pragma once
// The metrics of an experiment.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "experiments/metrics/metric.h"

namespace noema::experiments {

const std::vector<MetricKind>& metric_kinds();

/// All metrics at once, over the same outcomes.
class Metrics {
 public:
  /// paired: those that are folded beside the static arm, or the others.
  explicit Metrics(bool paired = false);
  void add(const Scored& scored);
  /// Writes each that has a value, by its name.
  void put(nlohmann::json& target) const;

 private:
  std::vector<std::pair<const MetricKind*, std::unique_ptr<Fold>>> folds_;
};

/// A metric's value in an object of results as people read it, "91.2 ± 0.3%" where several seeds ran; "–" if it is
/// absent or not finite.
std::string shown(const MetricKind& kind, const nlohmann::json& results);
/// The same with the interval of the mean over the seeds: "91.2 ± 0.3% [90.4, 92.0]".
std::string shown_with_interval(const MetricKind& kind, const nlohmann::json& results);

/// The kinds of which one of the arms has a value.
std::vector<const MetricKind*> metrics_in(const nlohmann::json& arms);

}  // namespace noema::experiments
