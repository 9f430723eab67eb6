#pragma once
// report.html: one self-contained page that shows what an experiment found. Opens without a network; everything that
// came from data is escaped.

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace noema::experiments {

/// What a report is made of; all of it lies in the experiment's folder.
struct ReportInput {
  nlohmann::json manifest;             ///< manifest.json
  nlohmann::json results;              ///< results.json
  std::vector<nlohmann::json> events;  ///< events.jsonl
  nlohmann::json portrait;             ///< portrait.json, or null
};

/// The page. Absent keys leave their part out.
std::string render_report(const ReportInput& input);

/// Reads a run's folder and renders it again. Throws base::Error if it holds no run.
std::string render_report(const std::filesystem::path& run);

}  // namespace noema::experiments
