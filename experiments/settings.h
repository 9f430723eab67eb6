#pragma once
// What the settings of a grid found, beside each other.

#include <filesystem>
#include <nlohmann/json.hpp>

#include "experiments/config.h"

namespace noema::experiments {

/// results.json of an experiment whose settings have all run, each in its folder in `out`: {"name", "grid":
/// [{"key", "values"}], "seed" or "seeds", "same_data": do all settings show the learners the same?, "arms": [what the
/// setting's results say of the arm, with "setting" (its folder) and "chosen" ({key: value})]}.
nlohmann::json table_of_settings(const ExperimentConfig& config, const std::filesystem::path& out);

}  // namespace noema::experiments
