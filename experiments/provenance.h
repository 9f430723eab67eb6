#pragma once
// What the report says of how a run was made: settings that arms tuned, and what it takes to make the run again.

#include <nlohmann/json.hpp>
#include <string>

namespace noema::experiments {

/// HTML: which settings arms tuned or were given, and on what; "" if there are none. Everything is escaped.
std::string tuned_settings(const nlohmann::json& results, const nlohmann::json& manifest);

/// HTML: the command, the settings and the record of a run, from its manifest.json. Absent keys leave their part out;
/// everything is escaped.
std::string provenance(const nlohmann::json& manifest);

}  // namespace noema::experiments
