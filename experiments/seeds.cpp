#include "experiments/seeds.h"

#include <cmath>

#include "experiments/metrics/registry.h"
#include "experiments/results.h"
#include "experiments/run_folder.h"
#include "experiments/statistics.h"
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

/// Writes the standard deviation of a metric, and the interval of its mean; nothing for less than two numbers.
void put_spread(json& target, const std::string& metric, const std::vector<json>& values) {
  std::vector<double> numbers;
  for (const json& value : values) {
    if (!value.is_number()) return;
    numbers.push_back(value.get<double>());
  }
  if (numbers.size() < 2) return;
  const MeanInterval mean = mean_interval(numbers);
  target["deviation"][metric] = mean.deviation;
  target["interval"][metric] = {{"low", mean.low}, {"high", mean.high}};
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
    put_spread(mean, kind.name, values);
    if (mean[kind.name].is_null()) mean.erase(kind.name);
  }
  return mean;
}

json sum_of_seeds(const ExperimentConfig& config, const RunFolder& folder, const std::stop_token& stop) {
  std::vector<json> runs;
  for (const std::uint64_t seed : config.seeds)
    runs.push_back(read_results(folder.file(RunFolder::name_of_seed(seed))));
  const bool classes = stream_kind(config.stream.kind).gives_tasks();
  RunBits bits;
  for (const std::string& arm : config.arms)
    for (const std::uint64_t seed : config.seeds)
      bits[arm].push_back(
          read_bits(folder.file(RunFolder::name_of_seed(seed)) / fs::path(folder.bits(arm)).filename()));
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

}  // namespace noema::experiments
