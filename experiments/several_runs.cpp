#include "experiments/several_runs.h"

#include <fmt/format.h>

#include <chrono>
#include <map>
#include <thread>

#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "experiments/claims.h"
#include "experiments/run_record.h"
#include "experiments/seeds.h"
#include "experiments/settings.h"
#include "experiments/side_by_side.h"

namespace noema::experiments {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// The parts of an experiment that lie in its folder side by side: its settings, or its seeds.
std::vector<OneRun> parts_of(const ExperimentConfig& config) {
  std::vector<OneRun> parts;
  for (const ExperimentConfig& setting : config.settings) parts.push_back({setting.setting, setting});
  if (!parts.empty()) return parts;
  for (const std::uint64_t seed : config.seeds) {
    parts.push_back({RunFolder::name_of_seed(seed), config});
    use_seed(parts.back().config, seed);
  }
  return parts;
}

bool has_parts(const ExperimentConfig& config) { return !config.settings.empty() || !config.seeds.empty(); }

/// Whether a manifest is of a run that ended.
bool has_ended(const json& manifest) {
  return manifest.is_object() && manifest.contains("ended") && !manifest["ended"].is_null();
}

/// manifest.json if the folder holds this experiment; else null.
json manifest_of(const ExperimentConfig& config, const fs::path& out) {
  if (!fs::exists(out / "manifest.json")) return nullptr;
  json manifest = json::parse(base::read_file(out / "manifest.json"), nullptr, false);
  if (!manifest.is_object() || manifest.value("config_hash", json()) != config_hash(config)) return nullptr;
  return manifest;
}

/// Waits until the process that leads has begun. False: it has not, or has ended already. What is begun anew may show
/// for a moment that it was ended before.
bool join(const ExperimentConfig& config, const ExperimentOptions& options) {
  constexpr double kPatienceSeconds = 60, kMomentSeconds = 5;
  for (const base::Stopwatch watch; watch.seconds() < kPatienceSeconds && !options.stop.stop_requested();) {
    if (const json manifest = manifest_of(config, options.out); !manifest.is_null()) {
      if (Claim::is_held(options.out, kLeader)) return true;
      if (has_ended(manifest) && (!options.force || watch.seconds() > kMomentSeconds)) return false;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return false;
}

/// Enters the experiment, and those of its settings that have seeds, into their folders.
void begin(RunFolder& folder, const ExperimentConfig& config, const ExperimentOptions& options) {
  json facts = {{"options", {{"threads", options.threads}}}};
  for (const ExperimentConfig& setting : config.settings) facts["settings"].push_back(setting.setting);
  begin_run(folder, config, options, "", facts);
  for (const ExperimentConfig& setting : config.settings) {
    if (!has_parts(setting)) continue;
    const ExperimentOptions inside = options_in(options, setting.setting);
    RunFolder own(inside.out, config_hash(setting), true, false);
    begin(own, setting, inside);
  }
}

/// Sums up what is finished, from within: first the seeds of each setting.
ExperimentResult sum_up(RunFolder& folder, const ExperimentConfig& config, const ExperimentOptions& options) {
  base::Sha256 hash;
  for (const OneRun& part : parts_of(config)) {
    const ExperimentOptions inside = options_in(options, part.name);
    if (has_parts(part.config)) {
      RunFolder own(inside.out, config_hash(part.config), true, false);
      sum_up(own, part.config, inside);
    }
    const json manifest = read_json(inside.out / "manifest.json");
    hash.text(manifest.at("data_hash").get<std::string>());
    if (config.settings.empty()) folder.manifest()["stream"] = manifest.at("stream");
    for (json event : read_json_lines(inside.out / "events.jsonl")) {
      if (config.settings.empty())
        event["seed"] = part.config.seed;
      else
        event["setting"] = part.name;
      folder.event(event);
    }
  }
  folder.manifest()["data_hash"] = hash.hex();
  const json results =
      config.settings.empty() ? sum_of_seeds(config, folder, options.stop) : table_of_settings(config, options.out);
  return end_run(folder, config, options, results);
}

/// Throws base::Error that names the runs that are not finished, if there are some.
void require_finished(const std::vector<OneRun>& runs, const fs::path& out,
                      const std::map<std::string, std::string>& complaints) {
  std::string which;
  std::size_t count = 0;
  for (const OneRun& run : runs) {
    if (is_finished(out / run.name)) continue;
    const auto complaint = complaints.find(run.name);
    if (++count <= 3)
      which += fmt::format("{}{}{}", count == 1 ? "" : "; ", run.name,
                           complaint == complaints.end() ? "" : " (" + complaint->second + ")");
  }
  if (count == 0) return;
  throw base::Error(fmt::format("{}: {} of {} runs did not finish: {}{}; the others are kept, and --resume repeats {}",
                                out.string(), count, runs.size(), which, count > 3 ? "; ..." : "",
                                count == 1 ? "it" : "them"));
}

}  // namespace

std::vector<OneRun> runs_of(const ExperimentConfig& config) {
  if (!has_parts(config)) return {{"", config}};
  std::vector<OneRun> runs;
  for (const OneRun& part : parts_of(config))
    for (OneRun& run : runs_of(part.config)) {
      run.name = run.name.empty() ? part.name : part.name + "/" + run.name;
      runs.push_back(std::move(run));
    }
  return runs;
}

ExperimentOptions options_in(const ExperimentOptions& options, const std::string& name) {
  ExperimentOptions one = options;
  one.out = options.out / name;
  one.resume = true;  // the folder around it has refused what must not be gone on with
  one.force = false;
  one.rank = {};
  return one;
}

/// The report is written last.
bool is_finished(const fs::path& run) {
  if (!fs::exists(run / "report.html") || !fs::exists(run / "results.json")) return false;
  return has_ended(json::parse(base::read_file(run / "manifest.json"), nullptr, false));
}

ExperimentResult run_several(const ExperimentConfig& config, const ExperimentHooks& hooks,
                             const ExperimentOptions& options) {
  const std::vector<OneRun> runs = runs_of(config);
  if (options.rank.is_helper()) {
    if (join(config, options)) do_side_by_side(runs, hooks, options);
    return {!options.stop.stop_requested(), {}, {}};
  }
  RunFolder folder(options.out, config_hash(config), options.resume, options.force);
  begin(folder, config, options);
  const auto lead = Claim::take(options.out, kLeader);
  if (!lead)
    throw base::Error(fmt::format("{}: another process does this experiment here; wait for it, or give another --out",
                                  options.out.string()));
  const auto complaints = do_side_by_side(runs, hooks, options);
  if (options.stop.stop_requested()) return {false, {}, {}};
  require_finished(runs, options.out, complaints);
  return sum_up(folder, config, options);
}

ExperimentResult run_one(const ExperimentConfig& config, const std::string& name, const ExperimentHooks& hooks,
                         const ExperimentOptions& options) {
  const std::vector<OneRun> runs = runs_of(config);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (runs[i].name != name || name.empty()) continue;
    if (manifest_of(config, options.out).is_null())
      throw base::Error(
          fmt::format("{}: this experiment was not begun here; begin it without --only", options.out.string()));
    const auto claim = Claim::take(options.out, claim_of_run(i));
    if (!claim) throw base::Error(fmt::format("{}: another process does this run", (options.out / name).string()));
    return run_experiment(runs[i].config, hooks, options_in(options, name));
  }
  const std::string which = runs.front().name.empty()
                                ? "it is one run: leave out --only"
                                : fmt::format("its runs are {} to {}", runs.front().name, runs.back().name);
  throw base::Error(
      fmt::format("{}: there is no run '{}' in this experiment; {}", config.source.string(), name, which));
}

}  // namespace noema::experiments
