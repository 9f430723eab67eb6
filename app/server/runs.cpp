#include "app/server/runs.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "app/actions/names.h"
#include "app/server/folder_entry.h"
#include "base/error.h"
#include "base/files.h"
#include "experiments/run_folder.h"

namespace noema::app {

namespace fs = std::filesystem;
using nlohmann::json;
using nlohmann::ordered_json;

namespace {

constexpr const char *kResults = "results.json", *kManifest = "manifest.json", *kEvents = "events.jsonl";

bool holds(const fs::path& folder, const char* file) { return has_entry(folder, file, fs::file_type::regular); }

json manifest_of(const fs::path& folder) {
  return holds(folder, kManifest) ? experiments::read_json(folder / kManifest) : json::object();
}

/// The lines of events.jsonl; the last one is left out while it is being written.
std::vector<json> events_of(const fs::path& folder) {
  std::vector<json> lines;
  if (!holds(folder, kEvents)) return lines;
  const std::string text = base::read_file(folder / kEvents);
  std::size_t begin = 0;
  for (std::size_t end = 0; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1) {
    json line = json::parse(text.begin() + static_cast<std::ptrdiff_t>(begin),
                            text.begin() + static_cast<std::ptrdiff_t>(end), nullptr, false);
    if (line.is_discarded())
      throw base::Error((folder / kEvents).string() + ": a line is no JSON; run the experiment again with --resume");
    lines.push_back(std::move(line));
  }
  return lines;
}

/// What is known of a run that has not ended: its arms as the last experience of each shows them.
json results_so_far(const fs::path& folder, const std::vector<json>& events) {
  const json manifest = manifest_of(folder);
  json arms = json::array();
  for (const json& event : events) {
    const std::string arm = event.value("arm", "");
    const auto of_arm = [&](const json& one) { return one.at("arm") == arm; };
    const auto known = std::find_if(arms.begin(), arms.end(), of_arm);
    if (arm.empty()) continue;
    if (known != arms.end())
      *known = event;
    else
      arms.push_back(event);
  }
  return {{"name", manifest.value("name", "")}, {"seed", manifest.value("seed", json())}, {"arms", std::move(arms)}};
}

json results_of(const fs::path& folder) {
  return holds(folder, kResults) ? experiments::read_json(folder / kResults)
                                 : results_so_far(folder, events_of(folder));
}

/// What a list says of a run; nothing if its files are not a run's.
std::optional<ordered_json> summary(const fs::path& folder, const std::string& name) {
  try {
    const json results = results_of(folder);
    ordered_json arms = ordered_json::array();
    std::set<std::string> named;  // of a grid each arm has a row for each setting
    for (const json& arm : results.at("arms"))
      if (named.insert(arm.at("arm").get<std::string>()).second) arms.push_back(arm.at("arm").get<std::string>());
    return ordered_json{{"run", name},
                        {"name", results.value("name", name)},
                        {"seed", results.value("seed", json())},
                        {"arms", arms},
                        {"ended", manifest_of(folder).value("ended", json())}};
  } catch (const base::Error&) {
    return std::nullopt;  // another program's folder
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

/// Has a run begun in this folder?
bool has_begun(const fs::path& folder) {
  return holds(folder, kManifest) && (holds(folder, kEvents) || holds(folder, kResults));
}

/// The folders in a folder, without links and hidden ones.
std::vector<std::string> folders_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code code;
  for (fs::directory_iterator next(folder, code), end; !code && next != end; next.increment(code))
    if (std::string name = next->path().filename().string(); has_entry(folder, name, fs::file_type::directory))
      names.push_back(std::move(name));
  return names;
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

Runs Runs::of_experiment(fs::path out) {
  Runs runs;
  runs.folder_ = std::move(out);
  runs.grows_ = true;
  return runs;
}

/// Those of an experiment: itself, or its settings, or its seeds, or the seeds of each setting.
std::map<std::string, fs::path> Runs::found() const {
  std::map<std::string, fs::path> runs;
  if (folder_.empty()) return runs;
  if (!grows_) {
    for (const std::string& name : folders_in(folder_))
      if (holds(folder_ / name, kResults)) runs[name] = folder_ / name;
    return runs;
  }
  if (has_begun(folder_)) runs[fs::absolute(folder_).lexically_normal().filename().string()] = folder_;
  for (const std::string& name : folders_in(folder_)) {
    if (has_begun(folder_ / name)) runs[name] = folder_ / name;
    for (const std::string& seed : folders_in(folder_ / name))
      if (has_begun(folder_ / name / seed)) runs[name + ": " + seed] = folder_ / name / seed;
  }
  return runs;
}

ordered_json Runs::list() const {
  ordered_json runs = ordered_json::array();
  for (const auto& [name, folder] : found())
    if (auto one = summary(folder, name)) runs.push_back(std::move(*one));
  return {{"runs", runs}};
}

ordered_json Runs::run(const std::string& name) const {
  const auto runs = found();
  const auto known = runs.find(name);
  if (known == runs.end()) throw UnknownName(fmt::format("there is no run '{}' in the folder of runs", name));
  const fs::path& folder = known->second;
  bool is_cut = false;
  const std::vector<json> events = events_of(folder);
  const json results =
      holds(folder, kResults) ? experiments::read_json(folder / kResults) : results_so_far(folder, events);
  return {{"run", name}, {"results", results}, {"experiences", thinned(events, is_cut)}, {"cut", is_cut}};
}

}  // namespace noema::app
