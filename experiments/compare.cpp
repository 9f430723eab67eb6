#include "experiments/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>

#include "base/error.h"
#include "experiments/grid_report.h"
#include "experiments/html.h"
#include "experiments/metrics/registry.h"
#include "experiments/run_folder.h"

namespace noema::experiments {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// What is compared of an arm: the metrics, then its costs.
const std::vector<std::string>& measures() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const MetricKind& kind : metric_kinds()) all.push_back(kind.name);
    for (const char* cost : {"seconds", "thinking_seconds", "state_bytes", "concepts", "thoughts", "gain_bits"})
      all.emplace_back(cost);
    return all;
  }();
  return names;
}

struct LoadedRun {
  std::string folder;
  json manifest;
  json results;
};

/// Throws base::Error unless manifest and results are what noema run writes, as far as they are compared.
void require_whole(const LoadedRun& run) {
  const auto require = [&](bool holds, const char* file, std::string_view expected) {
    if (!holds)
      throw base::Error(fmt::format("{}: expected {}; the run's folder is damaged: run again with --force",
                                    (fs::path(run.folder) / file).string(), expected));
  };
  const char* const manifest = "manifest.json";
  const char* const results = "results.json";
  require(run.manifest.is_object(), manifest, "an object");
  for (const char* key : {"name", "code_version", "model_hash", "data_hash"})
    require(!run.manifest.contains(key) || run.manifest[key].is_string(), manifest, fmt::format("a text as {}", key));
  require(!run.manifest.contains("experiment") || run.manifest["experiment"].is_object(), manifest,
          "the experiment's settings");
  require(run.results.is_object() && run.results.contains("arms") && run.results["arms"].is_array(), results,
          "a list of arms");
  for (const json& arm : run.results["arms"]) {
    require(arm.is_object() && arm.contains("arm") && arm["arm"].is_string(), results, "a name of each arm");
    for (const std::string& measure : measures())
      require(!arm.contains(measure) || arm[measure].is_number(), results, fmt::format("a number as {}", measure));
  }
}

LoadedRun load(const fs::path& folder) {
  if (!fs::is_directory(folder))
    throw base::Error(fmt::format("{} is no folder; give folders made by noema run", folder.string()));
  if (!fs::exists(folder / "results.json") || !fs::exists(folder / "manifest.json")) {
    throw base::Error(
        fmt::format("{} holds no finished run (manifest.json and results.json expected); finish it with: noema run "
                    "EXPERIMENT.toml --out {} --resume",
                    folder.string(), folder.string()));
  }
  LoadedRun run{folder.lexically_normal().string(), read_json(folder / "manifest.json"), read_results(folder)};
  require_whole(run);
  return run;
}

/// Settings whose values are not the same in every run.
json differing_settings(const std::vector<LoadedRun>& runs) {
  std::set<std::string> keys;
  std::vector<json> flat;
  for (const LoadedRun& run : runs) {
    json settings = run.manifest.value("experiment", json::object());
    settings["code_version"] = run.manifest.value("code_version", "");
    settings["model_hash"] = run.manifest.value("model_hash", "").substr(0, 12);
    settings["data_hash"] = run.manifest.value("data_hash", "").substr(0, 12);
    flat.push_back(settings.flatten());
    for (const auto& [key, value] : flat.back().items()) keys.insert(key);
  }
  json result = json::array();
  for (const std::string& key : keys) {
    json values = json::array();
    for (const json& settings : flat) values.push_back(settings.value(key, json()));
    const bool same =
        std::all_of(values.begin(), values.end(), [&](const json& value) { return value == values.front(); });
    if (same) continue;
    std::string name = key.substr(1);
    std::replace(name.begin(), name.end(), '/', '.');
    result.push_back({{"key", name}, {"values", values}});
  }
  return result;
}

json arm_rows(const std::vector<LoadedRun>& runs) {
  std::vector<std::string> order;
  std::map<std::string, json> rows;
  for (std::size_t run = 0; run < runs.size(); ++run) {
    for (const json& arm : runs[run].results.at("arms")) {
      const auto name = arm.at("arm").get<std::string>();
      if (rows.find(name) == rows.end()) order.push_back(name);
      json row = {{"arm", name}, {"run", run + 1}, {"folder", runs[run].folder}};
      for (const std::string& measure : measures()) {
        if (arm.contains(measure)) row[measure] = arm[measure];
      }
      for (const char* key : {"deviation", "interval", "setting", "chosen"})
        if (arm.contains(key)) row[key] = arm[key];
      const json& first = rows[name].empty() ? row : rows[name].front();
      const auto own = finite_number(row, "bits_per_char"), other = finite_number(first, "bits_per_char");
      if (own && other) row["difference_bits_per_char"] = *own - *other;
      rows[name].push_back(row);
    }
  }
  json result = json::array();
  for (const std::string& name : order) {
    for (const json& row : rows[name]) result.push_back(row);
  }
  return result;
}

/// A column of the table of arms: its title, and its cell in a row.
struct Column {
  std::string title;
  std::function<std::string(const json& row)> cell;
};

/// Only metrics that some arm has, and settings where a run has several.
std::vector<Column> columns_of(const json& rows) {
  const auto text = [](const char* key) { return [key](const json& row) { return row.value(key, ""); }; };
  const auto seconds = [](const char* key) {
    return
        [key](const json& row) { return human_seconds(finite_number(row, key).value_or(row.contains(key) ? NAN : 0)); };
  };
  const auto count = [](const char* key) {
    return [key](const json& row) {
      const auto value = row.value(key, std::uint64_t{0});
      return value == 0 ? std::string("–") : human_count(value);
    };
  };
  std::vector<Column> columns{{"arm", text("arm")},
                              {"run", [](const json& row) { return fmt::format("{}", row.value("run", 0)); }}};
  if (std::any_of(rows.begin(), rows.end(), [](const json& row) { return row.contains("setting"); }))
    columns.push_back({"setting", text("setting")});
  for (const MetricKind* kind : metrics_in(rows))
    columns.push_back({kind->label, [kind](const json& row) { return shown_with_interval(*kind, row); }});
  columns.push_back({"difference", [](const json& row) {
                       const double difference = finite_number(row, "difference_bits_per_char").value_or(0);
                       return difference == 0 ? std::string("–") : fmt::format("{:+.4f}", difference);
                     }});
  columns.push_back({"seconds", seconds("seconds")});
  columns.push_back({"thinking", seconds("thinking_seconds")});
  columns.push_back({"state", [](const json& row) { return human_bytes(row.value("state_bytes", std::uint64_t{0})); }});
  columns.push_back({"concepts", count("concepts")});
  columns.push_back({"thoughts", count("thoughts")});
  return columns;
}

/// The cells of the table of arms, titles first.
std::vector<std::vector<std::string>> table_of(const json& rows) {
  const std::vector<Column> columns = columns_of(rows);
  std::vector<std::vector<std::string>> cells(1);
  for (const Column& column : columns) cells[0].push_back(column.title);
  for (const json& row : rows) {
    cells.emplace_back();
    for (const Column& column : columns) cells.back().push_back(column.cell(row));
  }
  return cells;
}

/// Columns as wide as their widest cell; the first to the left, numbers to the right.
std::string aligned(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths(rows.front().size());
  const auto shown_width = [](const std::string& cell) {
    return static_cast<std::size_t>(
        std::count_if(cell.begin(), cell.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
  };
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], shown_width(row[i]));
  }
  std::string text;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      line += i == 0 ? fmt::format("{:<{}}", row[i], widths[i]) : fmt::format("  {:>{}}", row[i], widths[i]);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

constexpr const char* kOtherData = "The runs read different data: their bits can be compared only with care.";

}  // namespace

json compare_runs(const std::vector<fs::path>& folders) {
  if (folders.empty()) throw base::UsageError("compare needs at least one folder made by noema run");
  std::vector<LoadedRun> runs;
  for (const fs::path& folder : folders) runs.push_back(load(folder));
  json list = json::array();
  bool same_data = true;
  for (const LoadedRun& run : runs) {
    list.push_back({{"run", run.folder},
                    {"name", run.manifest.value("name", "")},
                    {"seed", run.manifest.value("seed", json())},
                    {"code_version", run.manifest.value("code_version", "")},
                    {"data_hash", run.manifest.value("data_hash", "")}});
    same_data = same_data && run.results.value("same_data", true);
    same_data = same_data && run.manifest.value("data_hash", "") == runs.front().manifest.value("data_hash", "");
  }
  return {{"runs", list}, {"settings", differing_settings(runs)}, {"arms", arm_rows(runs)}, {"same_data", same_data}};
}

std::string comparison_text(const json& comparison) {
  std::string text;
  for (std::size_t i = 0; i < comparison.at("runs").size(); ++i) {
    const json& run = comparison["runs"][i];
    text += fmt::format("run {}  {}  ({})\n", i + 1, run.value("run", ""), run.value("name", ""));
  }
  text.append("\n").append(aligned(table_of(comparison.at("arms"))));
  if (!comparison.at("settings").empty()) {
    std::vector<std::vector<std::string>> settings = {{"different settings"}};
    for (std::size_t i = 0; i < comparison["runs"].size(); ++i) settings[0].push_back(fmt::format("run {}", i + 1));
    for (const json& setting : comparison["settings"]) {
      settings.push_back({setting.value("key", "")});
      for (const json& value : setting["values"]) settings.back().push_back(plain_value(value));
    }
    text.append("\n").append(aligned(settings));
  }
  if (!comparison.value("same_data", true)) text += fmt::format("\n{}\n", kOtherData);
  return text;
}

std::string comparison_html(const json& comparison) {
  std::string body = "<header><p class=\"kicker\">noema experiments</p><h1>Comparison of runs</h1><ol>";
  for (const json& run : comparison.at("runs")) {
    body += fmt::format("<li>{} <small>{}</small></li>", escape_isolated(run.value("name", "")),
                        escape(run.value("run", "")));
  }
  body += "</ol></header>\n<section><h2>Results by arm</h2><div class=\"wide\"><table class=\"numbers\"><thead><tr>";
  const auto cells = table_of(comparison.at("arms"));
  for (const std::string& title : cells.front()) body += fmt::format("<th>{}</th>", escape(title));
  body += "</tr></thead><tbody>\n";
  for (std::size_t row = 1; row < cells.size(); ++row) {
    const auto& shown = cells[row];
    body += fmt::format("<tr><th><i class=\"swatch\" data-arm=\"{0}\"></i>{0}</th>", escape(shown[0]));
    for (std::size_t i = 1; i < shown.size(); ++i) body += fmt::format("<td>{}</td>", escape(shown[i]));
    body += "</tr>\n";
  }
  body +=
      "</tbody></table></div><p class=\"note\">difference: bits per character against the first run that has the arm; "
      "below 0 is better.</p>";
  if (!comparison.value("same_data", true)) body += fmt::format("<p class=\"verdict\">{}</p>", kOtherData);
  body += "</section>\n";
  if (!comparison.at("settings").empty()) {
    body +=
        "<section><h2>Settings that differ</h2><div class=\"wide\"><table "
        "class=\"numbers\"><thead><tr><th>setting</th>";
    for (std::size_t i = 0; i < comparison["runs"].size(); ++i) body += fmt::format("<th>run {}</th>", i + 1);
    body += "</tr></thead><tbody>\n";
    for (const json& setting : comparison["settings"]) {
      body += fmt::format("<tr><th>{}</th>", escape(setting.value("key", "")));
      for (const json& value : setting["values"])
        body += fmt::format("<td>{}</td>", escape_isolated(plain_value(value)));
      body += "</tr>\n";
    }
    body += "</tbody></table></div></section>\n";
  }
  return html_page("Comparison of runs", body, "");
}

}  // namespace noema::experiments
