#include "experiments/csv.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/csv.h"
#include "base/files.h"
#include "experiments/run_folder.h"

namespace noema::experiments {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// Text in quotes where it needs them, numbers as JSON writes them; nothing for what is absent.
std::string field(const json& value) {
  if (value.is_null()) return "";
  return base::csv_field(value.is_string() ? value.get<std::string>() : json_text(value));
}

/// Rows as objects of single values: these columns first, then every other one by its name.
void write_table(const fs::path& path, const std::vector<json>& rows, std::vector<std::string> columns) {
  std::vector<std::string> others;
  for (const json& row : rows)
    for (const auto& [key, value] : row.items())
      if (!value.is_structured() && std::find(columns.begin(), columns.end(), key) == columns.end())
        others.push_back(key);
  std::sort(others.begin(), others.end());
  others.erase(std::unique(others.begin(), others.end()), others.end());
  columns.insert(columns.end(), others.begin(), others.end());
  std::string text;
  for (const std::string& column : columns) text += (&column == &columns.front() ? "" : ",") + field(column);
  text += "\r\n";
  for (const json& row : rows) {
    for (const std::string& column : columns)
      text += (&column == &columns.front() ? "" : ",") + field(row.value(column, json()));
    text += "\r\n";
  }
  base::write_file(path, text);
}

std::vector<json> rows_of_matrix(const json& arms) {
  std::vector<json> rows;
  for (const json& arm : arms) {
    const json matrix = arm.value("accuracy_matrix", json::array());
    for (std::size_t after = 0; after < matrix.size(); ++after)
      for (std::size_t task = 0; task < matrix[after].size(); ++task) {
        rows.push_back(
            {{"arm", arm.at("arm")}, {"after", after}, {"task", task + 1}, {"accuracy", matrix[after][task]}});
        if (arm.contains("setting")) rows.back()["setting"] = arm["setting"];
      }
  }
  return rows;
}

}  // namespace

void write_csv(const fs::path& run) {
  const json arms = read_results(run).at("arms");
  std::vector<json> of_arms, against;
  for (const json& arm : arms) {
    json row = arm;
    const json deviations = arm.value("deviation", json::object()), others = arm.value("against", json::object()),
               intervals = arm.value("interval", json::object()), chosen = arm.value("chosen", json::object());
    for (const auto& [metric, deviation] : deviations.items()) row[metric + "_deviation"] = deviation;
    for (const auto& [metric, interval] : intervals.items())
      for (const char* end : {"low", "high"}) row[metric + "_" + end] = interval.value(end, json());
    for (const auto& [key, value] : chosen.items()) row[key] = value.is_structured() ? json(json_text(value)) : value;
    of_arms.push_back(std::move(row));
    for (const auto& [other, difference] : others.items()) {
      against.push_back(difference);
      against.back()["arm"] = arm.at("arm");
      against.back()["other"] = other;
      if (arm.contains("setting")) against.back()["setting"] = arm["setting"];
    }
  }
  write_table(run / "results.csv", of_arms, {"arm"});
  write_table(run / "against.csv", against, {"arm", "other"});
  write_table(run / "curves.csv", read_json_lines(run / "events.jsonl"), {"arm", "experience", "lines"});
  const std::vector<json> matrix = rows_of_matrix(arms);
  if (!matrix.empty()) write_table(run / "accuracy_matrix.csv", matrix, {"arm", "after", "task", "accuracy"});
}

}  // namespace noema::experiments
