#pragma once
// What can be put in an experiment: the registries of arms, streams and metrics.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace noema::app {

/// An entry of a registry.
struct KindValue {
  std::string name;
  std::string help;                  ///< of a metric its formula
  std::vector<std::string> options;  ///< each with its default and range
};

std::vector<KindValue> list_arms();
std::vector<KindValue> list_streams();
std::vector<KindValue> list_metrics();

/// {"name","help","options"}.
nlohmann::ordered_json to_json(const KindValue& value);

}  // namespace noema::app
