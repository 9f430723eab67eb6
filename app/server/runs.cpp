#include "app/server/runs.h"

#include <fmt/format.h>

#include <map>
#include <set>

#include "app/actions/names.h"
#include "app/server/folder_entry.h"
#include "base/error.h"
#include "experiments/run_folder.h"

namespace noema::app {

namespace fs = std::filesystem;
using nlohmann::json;
using nlohmann::ordered_json;

namespace {

/// What a list says of a run; nothing if its files are not a run's.
std::optional<ordered_json> summary(const fs::path& folder, const std::string& name) {
  try {
    const json results = experiments::read_json(folder / "results.json");
    ordered_json arms = ordered_json::array();
    std::set<std::string> named;  // of a grid each arm has a row for each setting
    for (const json& arm : results.at("arms"))
      if (named.insert(arm.at("arm").get<std::string>()).second) arms.push_back(arm.at("arm").get<std::string>());
    const json manifest = has_entry(folder, "manifest.json", fs::file_type::regular)
                              ? experiments::read_json(folder / "manifest.json")
                              : json::object();
    return ordered_json{{"run", name},
                        {"name", results.value("name", name)},
                        {"seed", results.value("seed", json())},
                        {"arms", arms},
                        {"ended", manifest.value("ended", json())}};
  } catch (const base::Error&) {
    return std::nullopt;  // no finished run, or another program's folder
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

/// Of each arm the experiences, evenly thinned out; the last one stays.
ordered_json thinned(const std::vector<json>& lines, bool& is_cut) {
  std::map<std::string, std::size_t> counts, seen;
  const auto arm_of = [](const json& line) { return line.is_object() ? line.value("arm", "") : std::string(); };
  for (const json& line : lines) ++counts[arm_of(line)];
  ordered_json kept = ordered_json::array();
  for (const json& line : lines) {
    const std::size_t all = counts[arm_of(line)], at = seen[arm_of(line)]++;
    const std::size_t step = (all + Runs::kMostExperiences - 1) / Runs::kMostExperiences;
    if ((all - 1 - at) % step == 0)
      kept.push_back(ordered_json(line));
    else
      is_cut = true;
  }
  return kept;
}

}  // namespace

Runs::Runs(fs::path folder) : folder_(std::move(folder)) {
  if (!folder_.empty() && !fs::is_directory(folder_))
    throw base::Error(fmt::format("{}: no such folder; --runs names the folder in which runs lie", folder_.string()));
}

bool Runs::has(const std::string& name) const {
  return !folder_.empty() && has_entry(folder_, name, fs::file_type::directory) &&
         has_entry(folder_ / name, "results.json", fs::file_type::regular);
}

ordered_json Runs::list() const {
  ordered_json runs = ordered_json::array();
  if (folder_.empty()) return {{"runs", runs}};
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder_)) names.insert(entry.path().filename().string());
  for (const std::string& name : names)
    if (has(name))
      if (auto one = summary(folder_ / name, name)) runs.push_back(std::move(*one));
  return {{"runs", runs}};
}

ordered_json Runs::run(const std::string& name) const {
  if (!has(name)) throw UnknownName(fmt::format("there is no run '{}' in the folder of runs", name));
  const fs::path folder = folder_ / name;
  bool is_cut = false;
  const ordered_json experiences = has_entry(folder, "events.jsonl", fs::file_type::regular)
                                       ? thinned(experiments::read_json_lines(folder / "events.jsonl"), is_cut)
                                       : ordered_json::array();
  return {{"run", name},
          {"results", experiments::read_json(folder / "results.json")},
          {"experiences", experiences},
          {"cut", is_cut}};
}

}  // namespace noema::app
