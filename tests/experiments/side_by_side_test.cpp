#include "experiments/side_by_side.h"

#include <catch2/catch.hpp>
#include <chrono>
#include <stop_token>
#include <thread>

#include "base/files.h"
#include "experiments/claims.h"
#include "tests/experiments/fakes.h"

using namespace noema::experiments;
namespace base = noema::base;
namespace fs = std::filesystem;

namespace {

/// A process that leaves a finished run, or does what else a script says.
ExperimentHooks hooks_of_script(const fs::path& out, const std::string& script) {
  ExperimentHooks hooks;
  hooks.command_of = [out, script](const std::string& run) {
    const std::string finish =
        "mkdir -p $R && echo '{\"ended\": 1}' > $R/manifest.json && echo '{}' > $R/results.json && echo > "
        "$R/report.html";
    return std::vector<std::string>{
        "/bin/sh", "-c", "R=" + (out / run).string() + "; RUN=" + run + "; finish() { " + finish + "; }; " + script};
  };
  return hooks;
}

std::vector<OneRun> three_runs() { return {{"a", {}}, {"b", {}}, {"c", {}}}; }

ExperimentOptions options_of_processes(const fs::path& out, unsigned processes) {
  ExperimentOptions options;
  options.out = out;
  options.processes = processes;
  return options;
}

}  // namespace

TEST_CASE("each run has a process of its own, and what is finished is not done again", "[grid]") {
  const TemporaryFolder folder;
  const auto hooks = hooks_of_script(folder.path(), "echo $RUN >> $R.begun; finish");
  for (int times = 0; times < 2; ++times)
    CHECK(do_side_by_side(three_runs(), hooks, options_of_processes(folder.path(), 2)).empty());
  for (const OneRun& run : three_runs()) {
    CHECK(is_finished(folder / run.name));
    CHECK(base::read_file(folder / (run.name + ".begun")) == run.name + "\n");
  }
}

TEST_CASE("a run whose process dies costs nothing but itself, is tried once, and says why", "[grid]") {
  const TemporaryFolder folder;
  const auto hooks =
      hooks_of_script(folder.path(),
                      "echo $RUN >> $R.begun; case $RUN in a) kill -9 $$;; b) echo 'noema: no disk' >&2; exit "
                      "1;; *) finish;; esac");
  const auto complaints = do_side_by_side(three_runs(), hooks, options_of_processes(folder.path(), 3));
  CHECK(complaints.size() == 2);
  CHECK(complaints.at("a") == "its process was ended by signal 9");
  CHECK(complaints.at("b") == "noema: no disk");
  CHECK(is_finished(folder / "c"));
  CHECK(base::read_file(folder / "a.begun") == "a\n");
}

TEST_CASE("a helper leaves what others do; the process that leads waits for it, and does it if they die", "[grid]") {
  const TemporaryFolder folder;
  const auto hooks = hooks_of_script(folder.path(), "finish");
  auto other = Claim::take(folder.path(), claim_of_run(1));
  auto options = options_of_processes(folder.path(), 1);
  options.rank = {1, 2};
  do_side_by_side(three_runs(), hooks, options);
  CHECK(is_finished(folder / "a"));
  CHECK_FALSE(is_finished(folder / "b"));
  options.rank = {0, 2};
  std::stop_source stop;
  options.stop = stop.get_token();
  std::jthread dies([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    other.reset();
  });
  do_side_by_side(three_runs(), hooks, options);
  CHECK(is_finished(folder / "b"));
}

TEST_CASE("a stop reaches the processes, which end before it returns", "[grid]") {
  const TemporaryFolder folder;
  const auto hooks = hooks_of_script(
      folder.path(), "trap 'echo > $R.stopped; exit' TERM; echo > $R.begun; while true; do sleep 0.01; done");
  std::stop_source stop;
  auto options = options_of_processes(folder.path(), 2);
  options.stop = stop.get_token();
  const std::jthread stopper([&] {
    while (!fs::exists(folder / "a.begun") || !fs::exists(folder / "b.begun"))
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    stop.request_stop();
  });
  do_side_by_side(three_runs(), hooks, options);
  CHECK(fs::exists(folder / "a.stopped"));
  CHECK(fs::exists(folder / "b.stopped"));
  CHECK_FALSE(fs::exists(folder / "c.begun"));
}

TEST_CASE("progress of other processes is read from what they wrote", "[grid]") {
  const TemporaryFolder folder;
  const auto hooks =
      hooks_of_script(folder.path(),
                      "mkdir -p $R && echo '{\"stream\": {\"scored_lines\": 250}}' > $R/manifest.json && printf "
                      "'%s\\n%s\\n{\"cut' '{\"arm\": \"x\"}' '{\"arm\": \"noema\", \"experience\": 2, "
                      "\"bits_per_char_so_far\": 1.5}' > $R/events.jsonl; sleep 1; finish");
  std::vector<Progress> seen;
  auto options = options_of_processes(folder.path(), 1);
  options.progress = [&](const Progress& progress) { seen.push_back(progress); };
  do_side_by_side({{"a", {}}}, hooks, options);
  REQUIRE_FALSE(seen.empty());
  CHECK(seen[0].arm == "noema");
  CHECK(seen[0].run == "a");
  CHECK(seen[0].experience == 2);
  CHECK(seen[0].experiences == 3);
  CHECK(seen[0].bits_per_char == 1.5);
  CHECK(seen[0].runs == 1);
}
