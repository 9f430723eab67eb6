#pragma once
// What the report shows of a class-incremental run: the table of arms, and for each arm the accuracy matrix as a heat
// map.

#include <nlohmann/json.hpp>
#include <string>

namespace noema::experiments {

/// HTML, from a run's manifest.json and results.json. Absent keys leave their part out; everything is escaped.
std::string class_report_body(const nlohmann::json& manifest, const nlohmann::json& results);

}  // namespace noema::experiments
