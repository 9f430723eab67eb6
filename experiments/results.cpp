#include "experiments/results.h"

#include <fmt/format.h>

#include <cmath>
#include <filesystem>

#include "base/error.h"
#include "base/numbers.h"
#include "experiments/html.h"
#include "experiments/metrics/registry.h"
#include "experiments/statistics.h"

namespace noema::experiments {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

std::uint64_t bytes_of(const fs::path& path) {
  if (fs::is_regular_file(path)) return fs::file_size(path);
  std::uint64_t sum = 0;
  if (!fs::is_directory(path)) return 0;
  for (const auto& entry : fs::recursive_directory_iterator(path)) {
    if (entry.is_regular_file()) sum += entry.file_size();
  }
  return sum;
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

/// "+1.2" points or "−0.051" nats; "+" also before 0.
std::string with_sign(double value, int decimals) {
  return fmt::format("{}{:.{}f}", value < 0 ? "−" : "+", std::abs(value), decimals);
}

/// Of the main arm to each other, a line each that begins with `before`.
std::string differences_in(const json& results, const std::string& before) {
  const std::string main = main_arm_of(results);
  std::string text;
  for (const json& arm : results.at("arms")) {
    if (arm.value("arm", "") != main || !arm.contains("against")) continue;
    for (const json& other : results.at("arms")) {
      const std::string name = other.value("arm", "");
      const json d = arm.at("against").value(name, json::object());
      const bool items = d.contains("accuracy");
      const auto mean = finite_number(d, items ? "accuracy" : "nats_per_word"), low = finite_number(d, "low"),
                 high = finite_number(d, "high");
      if (!mean || !low || !high) continue;
      const double unit = items ? 100 : 1;
      const int decimals = items ? 1 : 3;
      text += fmt::format("{}{} against {}: {} {} [{}, {}]{}\n", before, main, name, with_sign(unit * *mean, decimals),
                          items ? "points" : "nats a word", with_sign(unit * *low, decimals),
                          with_sign(unit * *high, decimals), *low <= 0 && *high >= 0 ? ", inside the noise" : "");
    }
  }
  return text;
}

}  // namespace

json differences(const std::string& arm, const RunBits& bits, Compared what, std::uint64_t seed,
                 const std::stop_token& stop) {
  json against = json::object();
  BootstrapOptions options;
  options.seed = seed;
  options.stop = stop;
  if (what == Compared::kItems) options.block_words = 1;
  for (const auto& [other, runs] : bits) {
    if (other == arm) continue;
    std::vector<std::pair<std::vector<float>, std::vector<float>>> pairs;
    for (std::size_t i = 0; i < runs.size(); ++i) pairs.emplace_back(bits.at(arm).at(i), runs[i]);
    const Difference d = paired_bootstrap(pairs, options);
    // The differences come in nats; of items they are shares.
    const auto unit = [&](double nats) { return what == Compared::kItems ? base::bits_of(nats) : nats; };
    against[other] = {{what == Compared::kItems ? "accuracy" : "nats_per_word", unit(d.nats_per_word)},
                      {"low", unit(d.low)},
                      {"high", unit(d.high)},
                      {"inside_noise", d.low <= 0 && d.high >= 0}};
  }
  return against;
}

std::string main_arm_of(const json& results) {
  const json arms = results.value("arms", json::array());
  for (const char* name : {"noema", "names", "told"})
    for (const json& arm : arms)
      if (arm.value("arm", "") == name) return name;
  return arms.empty() ? "" : arms.back().value("arm", "");
}

std::string differences_text(const json& results) {
  std::vector<std::pair<std::string, json>> settings;  // of a grid, in order; otherwise one without a name
  for (const json& arm : results.value("arms", json::array())) {
    const std::string setting = arm.value("setting", "");
    if (settings.empty() || settings.back().first != setting)
      settings.emplace_back(setting, json{{"arms", json::array()}});
    settings.back().second["arms"].push_back(arm);
  }
  std::string text;
  for (const auto& [setting, own] : settings) text += differences_in(own, setting.empty() ? "" : setting + ": ");
  return text;
}

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
  RunBits bits;
  for (const std::string& arm : config.arms) bits[arm] = {read_bits(folder.bits(arm))};
  json arms = json::array();
  for (const std::string& arm : config.arms) {
    const json* finished = folder.finished(arm);
    base::check(finished != nullptr, "summarise: an arm has not finished");
    json result = *finished;
    Metrics paired(true);
    if (bits.count("static") > 0) paired.add({reasoning::Text{}, reasoning::Bits{}, bits[arm][0], bits["static"][0]});
    paired.put(result);
    result["file_bytes"] = bytes_of(folder.life(arm));
    result["against"] = differences(arm, bits, Compared::kWords, config.seed, stop);
    arms.push_back(std::move(result));
  }
  json results = {{"name", config.name}, {"seed", config.seed}};
  for (const char* key : {"lines", "words", "characters"}) results[key] = arms.front().at(key);
  results["arms"] = std::move(arms);
  put_gain_correlation(results, folder);
  return results;
}

}  // namespace noema::experiments
