#include "experiments/side_by_side.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <fstream>
#include <optional>
#include <thread>

#include "base/child_process.h"
#include "base/clock.h"
#include "experiments/claims.h"

namespace noema::experiments {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// How far a run is that another process does, from the end of its events; nothing before the first.
std::optional<Progress> progress_of(const fs::path& run, const ExperimentConfig& config) {
  constexpr std::streamoff kMost = 8192;
  std::ifstream file(run / "events.jsonl", std::ios::binary | std::ios::ate);
  const std::streamoff size = file.tellg();
  if (size <= 0) return std::nullopt;
  file.seekg(std::max<std::streamoff>(0, size - kMost));
  std::string text(static_cast<std::size_t>(std::min(size, kMost)), '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  const std::size_t end = text.rfind('\n');
  if (end == std::string::npos || end == 0) return std::nullopt;
  const std::size_t before = text.rfind('\n', end - 1);
  const std::size_t begin = before == std::string::npos ? 0 : before + 1;
  const json event = json::parse(text.substr(begin, end - begin), nullptr, false);
  const json manifest = fs::exists(run / "manifest.json") ? read_json(run / "manifest.json") : json();
  if (!event.is_object() || !manifest.is_object()) return std::nullopt;
  const json stream = manifest.value("stream", json::object());
  const std::size_t lines = stream.value("scored_lines", std::size_t{0}), block = config.protocol.block;
  Progress progress;
  progress.arm = event.value("arm", "");
  progress.experience = event.value("experience", std::size_t{0});
  progress.experiences = stream.contains("tasks") ? stream["tasks"].size() : (lines + block - 1) / block;
  progress.bits_per_char = event.value("bits_per_char_so_far", 0.0);
  if (event.contains("accuracy_so_far"))
    progress.figure = fmt::format("accuracy {:.1f}%", 100 * event.value("accuracy_so_far", 0.0));
  return progress;
}

class SideBySide {
 public:
  SideBySide(const std::vector<OneRun>& runs, const ExperimentHooks& hooks, const ExperimentOptions& options)
      : runs_(runs), hooks_(hooks), options_(options), states_(runs.size()) {}

  std::map<std::string, std::string> in_processes();
  void in_this_process();

 private:
  struct State {
    bool is_finished = false, was_tried = false;
  };

  bool finished(std::size_t run) {
    State& state = states_[run];
    if (!state.is_finished) state.is_finished = is_finished(options_.out / runs_[run].name);
    return state.is_finished;
  }
  bool is_held(std::size_t run) const { return Claim::is_held(options_.out, claim_of_run(run)); }
  std::optional<std::size_t> next_to_begin();
  bool others_are_at_work();
  void gather_ended();
  void stop_all();
  void tell(Progress progress, std::size_t run);
  void tell_of_active();

  const std::vector<OneRun>& runs_;
  const ExperimentHooks& hooks_;
  const ExperimentOptions& options_;
  std::vector<State> states_;
  std::map<std::size_t, base::ChildProcess> active_;  ///< by run
  std::map<std::string, std::string> complaints_;
  base::Stopwatch since_told_;
};

/// Each process begins its search elsewhere, so that they seldom want the same run.
std::optional<std::size_t> SideBySide::next_to_begin() {
  const std::size_t first = options_.rank.index * runs_.size() / options_.rank.count;
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    const std::size_t run = (first + i) % runs_.size();
    if (!states_[run].was_tried && !finished(run) && !is_held(run)) return run;
  }
  return std::nullopt;
}

bool SideBySide::others_are_at_work() {
  for (std::size_t run = 0; run < runs_.size(); ++run)
    if (!finished(run) && is_held(run)) return true;
  return false;
}

void SideBySide::gather_ended() {
  for (auto one = active_.begin(); one != active_.end();) {
    auto& [run, process] = *one;
    const auto status = process.status();
    if (!status) {
      ++one;
      continue;
    }
    if (!finished(run) && is_held(run)) {
      states_[run].was_tried = false;  // another process was quicker
    } else if (!finished(run)) {
      const std::string line = process.last_line();
      complaints_[runs_[run].name] = !line.empty()    ? line
                                     : *status >= 128 ? fmt::format("its process was ended by signal {}", *status - 128)
                                                      : fmt::format("its process ended with status {}", *status);
    }
    one = active_.erase(one);
  }
}

void SideBySide::stop_all() {
  for (auto& [run, process] : active_) process.request_stop();
  for (auto& [run, process] : active_)
    while (!process.status()) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  active_.clear();
}

void SideBySide::tell(Progress progress, std::size_t run) {
  progress.run = runs_[run].name;
  progress.runs = runs_.size();
  progress.runs_finished = static_cast<std::size_t>(
      std::count_if(states_.begin(), states_.end(), [](const State& state) { return state.is_finished; }));
  options_.progress(progress);
}

void SideBySide::tell_of_active() {
  constexpr double kSecondsBetween = 0.5;
  if (!options_.progress || since_told_.seconds() < kSecondsBetween) return;
  since_told_ = base::Stopwatch();
  for (const auto& [run, process] : active_)
    if (const auto progress = progress_of(options_.out / runs_[run].name, runs_[run].config)) tell(*progress, run);
}

std::map<std::string, std::string> SideBySide::in_processes() {
  while (!options_.stop.stop_requested()) {
    gather_ended();
    while (active_.size() < options_.processes) {
      const auto run = next_to_begin();
      if (!run) break;
      states_[*run].was_tried = true;
      active_.emplace(*run, base::ChildProcess(hooks_.command_of(runs_[*run].name)));
    }
    if (active_.empty() && (options_.rank.is_helper() || !others_are_at_work()) && !next_to_begin()) break;
    tell_of_active();
    std::this_thread::sleep_for(std::chrono::milliseconds(active_.empty() ? 200 : 20));
  }
  stop_all();
  return complaints_;
}

void SideBySide::in_this_process() {
  for (std::size_t run = 0; run < runs_.size() && !options_.stop.stop_requested(); ++run) {
    if (finished(run)) continue;
    const auto claim = Claim::take(options_.out, claim_of_run(run));
    if (!claim) continue;
    ExperimentOptions one = options_in(options_, runs_[run].name);
    if (options_.progress) one.progress = [this, run](const Progress& progress) { tell(progress, run); };
    run_experiment(runs_[run].config, hooks_, one);
  }
}

}  // namespace

std::map<std::string, std::string> do_side_by_side(const std::vector<OneRun>& runs, const ExperimentHooks& hooks,
                                                   const ExperimentOptions& options) {
  SideBySide work(runs, hooks, options);
  if (hooks.command_of) return work.in_processes();
  work.in_this_process();
  return {};
}

}  // namespace noema::experiments
