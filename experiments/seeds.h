#pragma once
// An experiment with several seeds: each seed is a whole run in a folder of its own, seed-S; what is beside them sums
// up.

#include "experiments/experiment.h"

namespace noema::experiments {

/// As run_experiment, for a config with `seeds`. results.json has for each arm the mean of each number over the seeds,
/// `deviation` of each metric (of a sample: n - 1), `by_seed`, its values in the order of the seeds, and `against` with
/// intervals from draws of seeds and of what was scored under each.
ExperimentResult run_seeds(const ExperimentConfig& config, const ExperimentHooks& hooks,
                           const ExperimentOptions& options);

/// Results of one arm under several seeds, as one; `against` is left out. Exposed for its test.
nlohmann::json mean_of_runs(const std::vector<nlohmann::json>& arms);

}  // namespace noema::experiments
