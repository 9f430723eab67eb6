#include "experiments/seeds.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/hash.h"
#include "experiments/metrics/registry.h"
#include "experiments/results.h"
#include "experiments/run_folder.h"
#include "experiments/run_record.h"
#include "experiments/streams/registry.h"

namespace noema::experiments {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// The mean of numbers, whole if they are; null if one of them is absent.
json mean_of(const std::vector<json>& values) {
  double sum = 0;
  bool whole = true;
  for (const json& value : values) {
    if (!value.is_number()) return nullptr;
    sum += value.get<double>();
    whole = whole && value.is_number_integer();
  }
  const double mean = sum / static_cast<double>(values.size());
  if (whole) return static_cast<std::uint64_t>(std::llround(mean));
  return mean;
}

/// Standard deviation of a sample; null for less than two numbers.
json deviation_of(const std::vector<json>& values) {
  const json mean = mean_of(values);
  if (values.size() < 2 || mean.is_null()) return nullptr;
  double squares = 0;
  for (const json& value : values) squares += std::pow(value.get<double>() - mean.get<double>(), 2);
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

/// Cell by cell.
json mean_of_matrices(const std::vector<json>& matrices) {
  json mean = matrices.front();
  for (std::size_t row = 0; row < mean.size(); ++row)
    for (std::size_t column = 0; column < mean[row].size(); ++column) {
      std::vector<json> cells;
      for (const json& matrix : matrices) cells.push_back(matrix.at(row).at(column));
      mean[row][column] = mean_of(cells);
    }
  return mean;
}

std::vector<json> values_at(const std::vector<json>& objects, const std::string& key) {
  std::vector<json> values;
  for (const json& object : objects) values.push_back(object.value(key, json()));
  return values;
}

ExperimentConfig config_of(const ExperimentConfig& config, std::uint64_t seed) {
  ExperimentConfig one = config;
  one.seeds.clear();
  one.seed = one.model.seed = seed;
  return one;
}

ExperimentOptions options_of(const ExperimentOptions& options, const fs::path& out, std::uint64_t seed) {
  ExperimentOptions one = options;
  one.out = out;
  one.resume = true;  // the folder around it has refused what must not be gone on with
  one.force = false;
  if (options.progress)
    one.progress = [&options, seed](Progress progress) {
      progress.arm = fmt::format("{} (seed {})", progress.arm, seed);
      options.progress(progress);
    };
  return one;
}

json summary_of(const ExperimentConfig& config, const RunFolder& folder, const std::vector<json>& runs,
                const std::stop_token& stop) {
  const bool classes = stream_kind(config.stream.kind).gives_tasks();
  RunBits bits;
  for (const std::string& arm : config.arms)
    for (const std::uint64_t seed : config.seeds)
      bits[arm].push_back(read_bits(folder.of_seed(seed) / fs::path(folder.bits(arm)).filename()));
  json results = {{"name", config.name}, {"seeds", config.seeds}, {"arms", json::array()}};
  for (const auto& [key, value] : runs.front().items())
    if (value.is_number() && key != "seed" && key != "gain_correlation") results[key] = mean_of(values_at(runs, key));
  for (std::size_t i = 0; i < config.arms.size(); ++i) {
    std::vector<json> of_arm;
    for (const json& run : runs) of_arm.push_back(run.at("arms").at(i));
    json arm = mean_of_runs(of_arm);
    arm["against"] =
        differences(config.arms[i], bits, classes ? Compared::kItems : Compared::kWords, config.seeds.front(), stop);
    results["arms"].push_back(std::move(arm));
  }
  return results;
}

}  // namespace

json mean_of_runs(const std::vector<json>& arms) {
  json mean = json::object();
  for (const auto& [key, value] : arms.front().items()) {
    if (value.is_string()) mean[key] = value;
    if (value.is_number()) mean[key] = mean_of(values_at(arms, key));
    if (key == "accuracy_matrix") mean[key] = mean_of_matrices(values_at(arms, key));
  }
  for (const MetricKind& kind : metric_kinds()) {
    if (!mean.contains(kind.name)) continue;
    const std::vector<json> values = values_at(arms, kind.name);
    mean["by_seed"][kind.name] = values;
    if (const json deviation = deviation_of(values); !deviation.is_null()) mean["deviation"][kind.name] = deviation;
    if (mean[kind.name].is_null()) mean.erase(kind.name);
  }
  return mean;
}

ExperimentResult run_seeds(const ExperimentConfig& config, const ExperimentHooks& hooks,
                           const ExperimentOptions& options) {
  RunFolder folder(options.out, config_hash(config), options.resume, options.force);
  begin_run(folder, config, options, "", {{"options", {{"threads", options.threads}}}});
  std::vector<json> runs;
  base::Sha256 hash;
  for (const std::uint64_t seed : config.seeds) {
    const fs::path out = folder.of_seed(seed);
    const ExperimentResult run = run_experiment(config_of(config, seed), hooks, options_of(options, out, seed));
    if (!run.finished) return {false, {}, {}};
    runs.push_back(run.results);
    const json manifest = read_json(out / "manifest.json");
    hash.text(manifest.at("data_hash").get<std::string>());
    folder.manifest()["stream"] = manifest.at("stream");
    for (json event : read_json_lines(out / "events.jsonl")) {
      event["seed"] = seed;
      folder.event(event);
    }
  }
  folder.manifest()["data_hash"] = hash.hex();
  return end_run(folder, config, options, summary_of(config, folder, runs, options.stop));
}

}  // namespace noema::experiments
