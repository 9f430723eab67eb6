#include "experiments/results.h"

#include <fmt/format.h>

#include <filesystem>
#include <map>

#include "base/error.h"
#include "experiments/metrics/registry.h"
#include "experiments/statistics.h"

namespace noema::experiments {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using BitsByArm = std::map<std::string, std::vector<float>>;

std::uint64_t bytes_of(const fs::path& path) {
  if (fs::is_regular_file(path)) return fs::file_size(path);
  std::uint64_t sum = 0;
  if (!fs::is_directory(path)) return 0;
  for (const auto& entry : fs::recursive_directory_iterator(path)) {
    if (entry.is_regular_file()) sum += entry.file_size();
  }
  return sum;
}

json differences(const std::string& arm, const BitsByArm& bits, std::uint64_t seed, const std::stop_token& stop) {
  json against = json::object();
  BootstrapOptions options;
  options.seed = seed;
  options.stop = stop;
  for (const auto& [other, other_bits] : bits) {
    if (other == arm) continue;
    const Difference d = paired_bootstrap(bits.at(arm), other_bits, options);
    against[other] = {{"nats_per_word", d.nats_per_word}, {"low", d.low}, {"high", d.high}};
  }
  return against;
}

void put_gain_correlation(json& results, const RunFolder& folder) {
  std::vector<double> gain_so_far;
  std::vector<double> noema;
  std::vector<double> memory;
  const auto number = [&](const json& event, const char* key) {
    const auto found = event.find(key);
    if (found == event.end() || !found->is_number())
      throw base::Error(fmt::format("{}: an event of {} has no number as its {}; run again with --force",
                                    folder.file("events.jsonl").string(), event.at("arm").get<std::string>(), key));
    return found->get<double>();
  };
  for (const json& event : read_json_lines(folder.file("events.jsonl"))) {
    const json arm = event.is_object() ? event.value("arm", json()) : json();
    if (arm == "memory") memory.push_back(number(event, "bits"));
    if (arm != "noema") continue;
    noema.push_back(number(event, "bits"));
    gain_so_far.push_back(number(event, "gain_bits"));
  }
  if (noema.size() != memory.size() || noema.size() < 4) return;
  std::vector<double> claimed;
  std::vector<double> saved;
  for (std::size_t i = 0; i + 1 < noema.size(); ++i) {
    claimed.push_back(gain_so_far[i] - (i == 0 ? 0 : gain_so_far[i - 1]));
    saved.push_back(memory[i + 1] - noema[i + 1]);
  }
  results["gain_correlation"] = correlation(claimed, saved);
}

}  // namespace

void put_costs(json& target, double bits, std::uint64_t characters, std::uint64_t words) {
  target["bits"] = bits;
  target["characters"] = characters;
  target["words"] = words;
}

void put_state(json& target, const reasoning::LearnerState& state) {
  target["thinking_seconds"] = state.thinking_seconds;
  target["state_bytes"] = state.state_bytes;
  target["concepts"] = state.concepts;
  target["relations"] = state.relations;
  target["thoughts"] = state.thoughts;
  target["gain_bits"] = state.gain_bits;
}

json summarise(const ExperimentConfig& config, const RunFolder& folder, const std::stop_token& stop) {
  BitsByArm bits;
  for (const std::string& arm : config.arms) bits[arm] = read_bits(folder.bits(arm));
  json arms = json::array();
  for (const std::string& arm : config.arms) {
    const json* finished = folder.finished(arm);
    base::check(finished != nullptr, "summarise: an arm has not finished");
    json result = *finished;
    Metrics paired(true);
    if (bits.count("static") > 0) paired.add({reasoning::Text{}, reasoning::Bits{}, bits[arm], bits["static"]});
    paired.put(result);
    result["file_bytes"] = bytes_of(folder.life(arm));
    result["against"] = differences(arm, bits, config.seed, stop);
    arms.push_back(std::move(result));
  }
  json results = {{"name", config.name}, {"seed", config.seed}};
  for (const char* key : {"lines", "words", "characters"}) results[key] = arms.front().at(key);
  results["arms"] = std::move(arms);
  put_gain_correlation(results, folder);
  return results;
}

}  // namespace noema::experiments
