#pragma once
// What reports show of an experiment with several seeds.

#include <nlohmann/json.hpp>
#include <string>

namespace noema::experiments {

/// "seed 1", "seeds 1, 2, 3".
std::string seeds_of(const nlohmann::json& results);

/// HTML: the accuracy, or the bits a character, of each arm under each seed, and where the runs' own reports are; ""
/// for one seed.
std::string runs_of_seeds(const nlohmann::json& results);

}  // namespace noema::experiments
