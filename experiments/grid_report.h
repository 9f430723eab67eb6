#pragma once
// What the report shows of an experiment with several settings ([grid]).

#include <nlohmann/json.hpp>
#include <string>

namespace noema::experiments {

/// HTML: a table of all settings and arms, with mean, deviation and interval over the seeds, and where the reports of
/// the settings are.
std::string grid_report_body(const nlohmann::json& manifest, const nlohmann::json& results);

/// A value of a key of a grid, as people read it: text as it is, another value as JSON.
std::string plain_value(const nlohmann::json& value);

}  // namespace noema::experiments
