#pragma once
// The folder of one run: which files it holds, what may be overwritten, and how an interrupted run is picked up again.

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace noema::experiments {

/// Bits of each word of one arm, beside ARM.life: little-endian float32, one a word.
void write_bits(const std::filesystem::path& path, const std::vector<float>& bits);
/// Throws base::Error if the file is missing or not whole floats.
std::vector<float> read_bits(const std::filesystem::path& path);

/// Throws base::Error, naming the file, if it is missing or not JSON.
nlohmann::json read_json(const std::filesystem::path& path);
std::vector<nlohmann::json> read_json_lines(const std::filesystem::path& path);

/// JSON as text that is always valid UTF-8: broken bytes become U+FFFD.
std::string json_text(const nlohmann::json& value, int indent = -1);

/// results.json of a run, with the seconds of its arms, which lie in timings.json beside it: they are another's each
/// time that a run is made, and results.json is not. Throws base::Error as read_json does.
nlohmann::json read_results(const std::filesystem::path& run);

class RunFolder {
 public:
  /// Opens `path` for the experiment with `config_hash`, making it if absent. Throws base::Error if it holds another
  /// experiment, or this one and neither resume nor force was asked for, or files that are no run's. force removes what
  /// the run there left (only files that a run writes).
  RunFolder(std::filesystem::path path, const std::string& config_hash, bool resume, bool force);

  std::filesystem::path file(std::string_view name) const { return path_ / name; }
  /// An arm's name as it stands in names of files: without braces and marks.
  static std::string file_name_of(const std::string& arm);
  std::filesystem::path life(const std::string& arm) const { return path_ / (file_name_of(arm) + ".life"); }
  std::filesystem::path bits(const std::string& arm) const { return path_ / (file_name_of(arm) + ".bits"); }
  /// What it translated, a line a pair.
  std::filesystem::path translations(const std::string& arm) const { return path_ / (file_name_of(arm) + ".txt"); }
  /// The folder of the run with this seed, where there are several.
  static std::string name_of_seed(std::uint64_t seed) { return "seed-" + std::to_string(seed); }

  nlohmann::json& manifest() { return manifest_; }
  void save_manifest();

  /// Results of finished arms, in order of finishing.
  const nlohmann::json& arms() const { return arms_; }
  const nlohmann::json* finished(const std::string& arm) const;
  /// Keeps an arm's result and bits durably: from here on it counts as finished.
  void finish(const nlohmann::json& result, const std::vector<float>& bits);

  /// Removes what an unfinished run of the arm left: its life and events.
  void clear_arm(const std::string& arm);

  /// Appends to events.jsonl and flushes. Throws base::Error if the disk refuses.
  void event(const nlohmann::json& event);
  /// Writes results.json and timings.json; read_results gives them back.
  void write_results(nlohmann::json results);
  /// Rewrites events.jsonl arm by arm, in this order.
  void order_events(const std::vector<std::string>& arms);

 private:
  void clear();
  void keep_events_of_finished();

  std::filesystem::path path_;
  nlohmann::json manifest_;
  nlohmann::json arms_ = nlohmann::json::array();
  std::ofstream events_;
};

}  // namespace noema::experiments
