#pragma once
// What the report shows of a run that is told pairs: the table of arms, figures by position, and curves.

#include <nlohmann/json.hpp>
#include <string>

namespace noema::experiments {

/// HTML, from a run's manifest.json and results.json. Absent keys leave their part out; everything is escaped.
std::string pair_report_body(const nlohmann::json& manifest, const nlohmann::json& results);

}  // namespace noema::experiments
