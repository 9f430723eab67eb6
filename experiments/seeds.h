#pragma once
// What several seeds of an experiment found together.

#include <nlohmann/json.hpp>
#include <stop_token>
#include <vector>

#include "experiments/config.h"
#include "experiments/run_folder.h"

namespace noema::experiments {

/// results.json of an experiment whose seeds have all run, each in its folder in `folder`: for each arm the mean of
/// each number over the seeds, `deviation` of each metric (of a sample: n - 1), `interval` of its mean (95%, Student's
/// t), `by_seed`, its values in the order of the seeds, and `against` with intervals from draws of seeds and of what
/// was scored under each. Throws base::Interrupted when a stop is requested.
nlohmann::json sum_of_seeds(const ExperimentConfig& config, const RunFolder& folder, const std::stop_token& stop);

/// Results of one arm under several seeds, as one; `against` is left out. Exposed for its test.
nlohmann::json mean_of_runs(const std::vector<nlohmann::json>& arms);

}  // namespace noema::experiments
