#include "experiments/run_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <functional>
#include <set>

#include "base/error.h"
#include "base/files.h"
#include "experiments/claims.h"

namespace noema::experiments {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* kManifest = "manifest.json";
constexpr const char* kFinishedArms = "arms.json";
constexpr const char* kEvents = "events.jsonl";
constexpr const char* kResults = "results.json";
constexpr const char* kTimings = "timings.json";
constexpr const char* kSeconds[] = {"seconds", "asking_seconds", "thinking_seconds"};

bool belongs_to_life(const std::string& name, const std::string& arm) {
  return name == arm + ".life" || name.rfind(arm + ".life-", 0) == 0 || name.rfind(arm + ".life.", 0) == 0;
}

void remove_path(const fs::path& path) {
  std::error_code error;
  fs::remove_all(path, error);
  if (error) {
    throw base::Error(fmt::format("cannot remove {}: {}; check the folder's rights or give another --out",
                                  path.string(), error.message()));
  }
}

void remove_lives(const fs::path& folder, const std::function<bool(const std::string&)>& wanted) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (wanted(entry.path().filename().string())) found.push_back(entry.path());
  }
  for (const fs::path& path : found) remove_path(path);
}

json parse_json(std::string_view text, const std::string& where) {
  json value = json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (value.is_discarded()) {
    throw base::Error(fmt::format("{}: not JSON; the run's folder is damaged: run again with --force", where));
  }
  return value;
}

[[noreturn]] void refuse_damaged(const fs::path& file, std::string_view expected) {
  throw base::Error(
      fmt::format("{}: expected {}; the run's folder is damaged: run again with --force", file.string(), expected));
}

/// The text at a key; nothing for what is no object or has no text there.
std::string text_at(const json& object, const char* key) {
  if (!object.is_object()) return "";
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

/// A name of something in a folder, and not a way out of it.
bool is_name(const json& value) {
  if (!value.is_string()) return false;
  const auto name = value.get<std::string>();
  return !name.empty() && name != "." && name != ".." && name.find('/') == std::string::npos;
}

/// Under what the seconds of a row of results lie in timings.json: an arm has a row for each setting of a grid.
std::string timing_key(const json& row) {
  const std::string setting = text_at(row, "setting");
  return setting.empty() ? text_at(row, "arm") : setting + "/" + text_at(row, "arm");
}

void require_arms(const json& arms, const fs::path& file) {
  const bool whole = arms.is_array() && std::all_of(arms.begin(), arms.end(),
                                                    [](const json& result) { return !text_at(result, "arm").empty(); });
  if (!whole) refuse_damaged(file, "a list of the results of arms");
}

}  // namespace

std::string json_text(const json& value, int indent) {
  return value.dump(indent, ' ', false, json::error_handler_t::replace);
}

json read_json(const fs::path& path) { return parse_json(base::read_file(path), path.string()); }

std::vector<json> read_json_lines(const fs::path& path) {
  std::vector<json> values;
  base::LineReader reader(path);
  while (auto line = reader.next()) {
    if (!line->empty()) values.push_back(parse_json(*line, fmt::format("{}:{}", path.string(), reader.line_number())));
  }
  return values;
}

json read_results(const fs::path& run) {
  json results = read_json(run / kResults);
  const json timings = fs::exists(run / kTimings) ? read_json(run / kTimings) : json();
  const auto arms = results.is_object() ? results.find("arms") : results.end();
  if (!timings.is_object() || arms == results.end() || !arms->is_array()) return results;
  for (json& arm : *arms) {
    const auto own = timings.find(timing_key(arm));
    if (own == timings.end() || !own->is_object()) continue;
    for (const char* key : kSeconds)
      if (own->contains(key)) arm[key] = own->at(key);
  }
  return results;
}

void RunFolder::write_results(json results) {
  json timings = json::object();
  for (json& arm : results.at("arms"))
    for (const char* key : kSeconds)
      if (arm.contains(key)) {
        timings[timing_key(arm)][key] = arm.at(key);
        arm.erase(key);
      }
  base::write_file(file(kTimings), json_text(timings, 2) + "\n");
  base::write_file(file(kResults), json_text(results, 2) + "\n");
}

void write_bits(const fs::path& path, const std::vector<float>& bits) {
  static_assert(std::endian::native == std::endian::little, "the .bits format is little-endian");
  base::write_file(path, {reinterpret_cast<const char*>(bits.data()), bits.size() * sizeof(float)});
}

std::vector<float> read_bits(const fs::path& path) {
  const std::string bytes = base::read_file(path);
  if (bytes.size() % sizeof(float) != 0) {
    throw base::Error(fmt::format("{}: {} bytes are no whole number of 4-byte values; run again with --force",
                                  path.string(), bytes.size()));
  }
  std::vector<float> bits(bytes.size() / sizeof(float));
  if (!bits.empty()) std::memcpy(bits.data(), bytes.data(), bytes.size());
  if (!std::all_of(bits.begin(), bits.end(), [](float word) { return std::isfinite(word); }))
    refuse_damaged(path, "finite bits");
  return bits;
}

RunFolder::RunFolder(fs::path path, const std::string& config_hash, bool resume, bool force) : path_(std::move(path)) {
  std::error_code error;
  fs::create_directories(path_, error);
  if (error || !fs::is_directory(path_)) {
    throw base::Error(fmt::format("cannot make folder {}: {}; give another --out", path_.string(),
                                  error ? error.message() : std::string("it is a file")));
  }
  const bool holds_run = fs::exists(file(kManifest));
  // A run that was killed while it began may have left the unfinished part of its manifest.
  std::vector<fs::path> parts;
  bool empty = true;
  for (fs::directory_iterator entry(path_, error), end; !error && entry != end; entry.increment(error)) {
    const bool is_part = entry->path().filename().string().rfind(std::string(kManifest) + ".part", 0) == 0;
    if (is_part) parts.push_back(entry->path());
    empty = empty && is_part;
  }
  if (error)
    throw base::Error(fmt::format("cannot read folder {}: {}; check its rights", path_.string(), error.message()));
  if (!holds_run && !force && !empty) {
    throw base::Error(
        fmt::format("{} holds files but no run (no {}); give an empty folder, or --force", path_.string(), kManifest));
  }
  if (force) clear();
  if (holds_run && !force) {
    manifest_ = read_json(file(kManifest));
    if (!manifest_.is_object()) refuse_damaged(file(kManifest), "an object");
    if (text_at(manifest_, "config_hash") != config_hash) {
      const std::string name = text_at(manifest_.value("experiment", json()), "name");
      throw base::Error(
          fmt::format("{} holds another experiment ('{}', with other settings); give another --out, or --force to "
                      "replace it",
                      path_.string(), name.empty() ? "?" : name));
    }
    if (!resume) {
      throw base::Error(
          fmt::format("{} holds this experiment already ({}); --resume keeps what is done, --force begins anew",
                      path_.string(), manifest_.value("ended", json()).is_null() ? "unfinished" : "finished"));
    }
    if (fs::exists(file(kFinishedArms))) arms_ = read_json(file(kFinishedArms));
    require_arms(arms_, file(kFinishedArms));
  }
  manifest_["config_hash"] = config_hash;
  save_manifest();  // first, so that whatever else is there belongs to a run
  for (const fs::path& part : parts) remove_path(part);
  keep_events_of_finished();
}

void RunFolder::clear() {
  const json manifest_before =
      fs::exists(file(kManifest)) ? json::parse(base::read_file(file(kManifest)), nullptr, false) : json();
  for (const char* name : {kManifest, kFinishedArms, kEvents, kResults, kTimings, "report.html", "portrait.json",
                           kClaims.data(), "model.noema", "model.noema.pairs", "model.noema.train", "results.csv",
                           "against.csv", "curves.csv", "accuracy_matrix.csv"})
    remove_path(file(name));
  const json before = manifest_before.is_object() ? manifest_before : json::object();
  const auto listed = [&](const char* key) {
    return before.value(json::json_pointer(std::string("/experiment/") + key), json::array());
  };
  for (const json& seed : listed("seeds"))
    if (seed.is_number_unsigned()) remove_path(file(name_of_seed(seed.get<std::uint64_t>())));
  for (const json& setting : before.value("settings", json::array()))
    if (is_name(setting)) remove_path(file(setting.get<std::string>()));
  std::set<std::string> arms;  // of the run that is there
  for (const json& arm : listed("arms"))
    if (arm.is_string()) arms.insert(arm.get<std::string>());
  for (const std::string& arm : arms) clear_arm(arm);
}

void RunFolder::save_manifest() { base::write_file(file(kManifest), json_text(manifest_, 2) + "\n"); }

const json* RunFolder::finished(const std::string& arm) const {
  for (const json& result : arms_) {
    if (text_at(result, "arm") == arm) return &result;
  }
  return nullptr;
}

void RunFolder::finish(const json& result, const std::vector<float>& word_bits) {
  write_bits(bits(result.at("arm").get<std::string>()), word_bits);
  arms_.push_back(result);
  base::write_file(file(kFinishedArms), json_text(arms_, 1) + "\n");
}

void RunFolder::clear_arm(const std::string& arm) {
  remove_path(bits(arm));
  remove_path(translations(arm));
  remove_lives(path_, [name = file_name_of(arm)](const std::string& file) { return belongs_to_life(file, name); });
}

std::string RunFolder::file_name_of(const std::string& arm) {
  std::string name = arm;
  for (char& c : name)
    if (std::string_view("{};=,/ ").find(c) != std::string_view::npos) c = '_';
  return name;
}

void RunFolder::event(const json& event) {
  events_ << json_text(event) << '\n' << std::flush;
  if (!events_) {
    throw base::Error(fmt::format("cannot write {}: the disk may be full; free some space and run again with --resume",
                                  file(kEvents).string()));
  }
}

/// Events of arms that did not finish are dropped, for those arms begin anew. A last line cut short by a crash goes
/// with them.
void RunFolder::keep_events_of_finished() {
  std::string kept;
  if (fs::exists(file(kEvents))) {
    const std::string all = base::read_file(file(kEvents));
    std::size_t begin = 0;
    for (std::size_t end = all.find('\n'); end != std::string::npos; end = all.find('\n', begin)) {
      const json event = json::parse(all.begin() + static_cast<std::ptrdiff_t>(begin),
                                     all.begin() + static_cast<std::ptrdiff_t>(end), nullptr, false);
      if (finished(text_at(event, "arm")) != nullptr) kept.append(all, begin, end - begin + 1);
      begin = end + 1;
    }
  }
  base::write_file(file(kEvents), kept);
  events_.open(file(kEvents), std::ios::app | std::ios::binary);
}

void RunFolder::order_events(const std::vector<std::string>& arms) {
  events_.close();
  const std::vector<json> events = read_json_lines(file(kEvents));
  std::string text;
  for (const std::string& arm : arms) {
    for (const json& event : events) {
      if (text_at(event, "arm") == arm) text += json_text(event) + "\n";
    }
  }
  base::write_file(file(kEvents), text);
}

}  // namespace noema::experiments
