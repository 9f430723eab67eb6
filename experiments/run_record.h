#pragma once
// How a run begins and ends in its folder, whatever its protocol is.

#include <nlohmann/json.hpp>
#include <string>

#include "experiments/experiment.h"
#include "experiments/run_folder.h"

namespace noema::experiments {

/// Enters what is run into the manifest, and `facts` of the protocol beside it. data_hash: of all that learners are
/// shown; empty if it is not known yet. Throws base::Error if the run was begun with other data.
void begin_run(RunFolder& folder, const ExperimentConfig& config, const ExperimentOptions& options,
               const std::string& data_hash, const nlohmann::json& facts);

/// Writes results.json, timings.json and the CSV files, puts the events in order, marks the run as ended, and renders
/// its report.
ExperimentResult end_run(RunFolder& folder, const ExperimentConfig& config, const ExperimentOptions& options,
                         const nlohmann::json& results);

}  // namespace noema::experiments
