#include "experiments/settings.h"

#include <string>

#include "experiments/run_folder.h"

namespace noema::experiments {

using nlohmann::json;

json table_of_settings(const ExperimentConfig& config, const std::filesystem::path& out) {
  json results = {{"name", config.name}, {"arms", json::array()}, {"same_data", true}};
  if (config.seeds.empty())
    results["seed"] = config.seed;
  else
    results["seeds"] = config.seeds;
  for (const Varied& varied : config.grid) results["grid"].push_back({{"key", varied.key}, {"values", varied.values}});
  json data;
  for (const ExperimentConfig& setting : config.settings) {
    const auto folder = out / setting.setting;
    const json own = read_json(folder / "manifest.json").at("data_hash");
    if (data.is_null()) data = own;
    if (data != own) results["same_data"] = false;
    json found = read_results(folder);
    for (json& arm : found.at("arms")) {
      arm["setting"] = setting.setting;
      arm["chosen"] = setting.chosen;
      results["arms"].push_back(std::move(arm));
    }
  }
  return results;
}

}  // namespace noema::experiments
