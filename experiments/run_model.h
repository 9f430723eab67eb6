#pragma once
// The model that all arms of a run share.

#include <filesystem>
#include <functional>

#include "experiments/config.h"
#include "experiments/run_folder.h"

namespace noema::experiments {

/// The model that the experiment names, or model.noema in the run's folder, which `train` writes unless an earlier part
/// of this run has done so. Enters its hash, and how long the training took, in the manifest. Throws base::Error if
/// arms have finished with another model.
std::filesystem::path model_of_run(const ExperimentConfig& config, RunFolder& folder,
                                   const std::function<void(const std::filesystem::path& out)>& train);

}  // namespace noema::experiments
