#include "experiments/several_runs.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "base/files.h"
#include "experiments/claims.h"
#include "experiments/compare.h"
#include "experiments/side_by_side.h"
#include "experiments/statistics.h"
#include "tests/experiments/fakes.h"

using namespace noema::experiments;
namespace base = noema::base;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

/// Two settings of an experiment over generated classes, two seeds each.
ExperimentConfig grid_of_inventions(const TemporaryFolder& folder, const std::string& grid) {
  base::write_file(folder / "e.toml",
                   "name = \"invented\"\narms = [\"class_means\", \"ridge{features=20}\"]\n[stream]\n"
                   "kind = \"inventions\"\n[grid]\n" +
                       grid);
  return read_config(folder / "e.toml");
}

ExperimentOptions grid_options(const fs::path& out) {
  ExperimentOptions options;
  options.out = out;
  return options;
}

const std::string kGrid = "arms.ridge.ridge = [1, 100]\nseed = [1, 2]\n";

}  // namespace

TEST_CASE("a grid is tabulated by setting, with mean, deviation and interval over the seeds", "[grid]") {
  const TemporaryFolder folder;
  const auto config = grid_of_inventions(folder, kGrid);
  const auto result = run_experiment(config, hooks_of_arms(), grid_options(folder / "out"));
  REQUIRE(result.finished);
  CHECK(read_results(folder / "out") == result.results);
  CHECK(result.results["grid"] == json::parse(R"([{"key": "arms.ridge.ridge", "values": [1, 100]}])"));
  CHECK(result.results["seeds"] == json{1, 2});
  CHECK(result.results["same_data"] == true);
  REQUIRE(result.results["arms"].size() == 4);
  const json& row = result.results["arms"][3];
  CHECK(row["arm"] == "ridge{features=20;ridge=100}");
  CHECK(row["setting"] == "arms.ridge.ridge=100");
  CHECK(row["chosen"]["arms.ridge.ridge"] == 100);
  std::vector<double> accuracies;
  for (const char* seed : {"seed-1", "seed-2"})
    accuracies.push_back(read_results(folder / "out/arms.ridge.ridge=100" / seed)["arms"][1]["accuracy"]);
  const MeanInterval mean = mean_interval(accuracies);
  CHECK(row["accuracy"].get<double>() == Approx(mean.mean));
  CHECK(row["deviation"]["accuracy"].get<double>() == Approx(mean.deviation));
  CHECK(row["interval"]["accuracy"]["low"].get<double>() == Approx(mean.low));
  CHECK(row["seconds"].is_number());
  const std::string report = base::read_file(folder / "out/report.html");
  CHECK_THAT(report, Catch::Contains("arms.ridge.ridge=100/report.html") && Catch::Contains("± and [low, high]"));
  CHECK(fs::exists(folder / "out/arms.ridge.ridge=1/report.html"));
  CHECK_THAT(base::read_file(folder / "out/results.csv"),
             Catch::Contains("accuracy_low") && Catch::Contains("arms.ridge.ridge"));
  const std::string compared = comparison_text(compare_runs({folder / "out"}));
  CHECK_THAT(compared, Catch::Contains("arms.ridge.ridge=100") && Catch::Contains(" ± ") && Catch::Contains("["));
}

TEST_CASE("settings without seeds are runs side by side, and other data is said to be other", "[grid]") {
  const TemporaryFolder folder;
  const auto config = grid_of_inventions(folder, "stream.tasks = [2, 3]\n");
  const auto result = run_experiment(config, hooks_of_arms(), grid_options(folder / "out"));
  REQUIRE(result.finished);
  CHECK(result.results["same_data"] == false);
  CHECK(result.results["seed"] == 1);
  CHECK_FALSE(result.results["arms"][0].contains("interval"));
  CHECK_THAT(comparison_text(compare_runs({folder / "out"})), Catch::Contains("different data"));
  CHECK_THAT(base::read_file(folder / "out/report.html"), Catch::Contains("different data"));
}

TEST_CASE("a grid that was stopped goes on with resume, to the same bytes", "[grid]") {
  const TemporaryFolder folder;
  const auto config = grid_of_inventions(folder, kGrid);
  run_experiment(config, hooks_of_arms(), grid_options(folder / "whole"));
  std::stop_source stop;
  auto options = grid_options(folder / "parts");
  options.stop = stop.get_token();
  options.progress = [&](const Progress& progress) {
    CHECK(progress.runs == 4);
    if (progress.run == "arms.ridge.ridge=100/seed-1" && progress.experience == 2) stop.request_stop();
  };
  CHECK_FALSE(run_experiment(config, hooks_of_arms(), options).finished);
  CHECK(is_finished(folder / "parts/arms.ridge.ridge=1/seed-2"));
  CHECK_FALSE(is_finished(folder / "parts/arms.ridge.ridge=100/seed-1"));
  options = grid_options(folder / "parts");
  CHECK_THROWS_WITH(run_experiment(config, hooks_of_arms(), options), Catch::Contains("--resume"));
  options.resume = true;
  REQUIRE(run_experiment(config, hooks_of_arms(), options).finished);
  for (const char* file :
       {"results.json", "against.csv", "arms.ridge.ridge=100/results.json", "arms.ridge.ridge=100/seed-2/results.json"})
    CHECK(base::read_file(folder / ("whole/" + std::string(file))) ==
          base::read_file(folder / ("parts/" + std::string(file))));
}

TEST_CASE("force begins a grid anew, and settings that are no longer wanted go", "[grid]") {
  const TemporaryFolder folder;
  run_experiment(grid_of_inventions(folder, kGrid), hooks_of_arms(), grid_options(folder / "out"));
  auto options = grid_options(folder / "out");
  options.force = true;
  run_experiment(grid_of_inventions(folder, "arms.ridge.ridge = [7]\n"), hooks_of_arms(), options);
  CHECK_FALSE(fs::exists(folder / "out/arms.ridge.ridge=1"));
  CHECK(fs::exists(folder / "out/arms.ridge.ridge=7/results.json"));
}

TEST_CASE("one run of a grid can be done alone, once the grid was begun and by one process at a time", "[grid]") {
  const TemporaryFolder folder;
  const auto config = grid_of_inventions(folder, kGrid);
  const auto hooks = hooks_of_arms();
  const std::string name = "arms.ridge.ridge=100/seed-2";
  CHECK_THROWS_WITH(run_one(config, name, hooks, grid_options(folder / "out")), Catch::Contains("not begun"));
  CHECK_THROWS_WITH(run_one(small_experiment(), "seed-1", hooks, grid_options(folder / "out")),
                    Catch::Contains("leave out --only"));
  std::stop_source stop;
  stop.request_stop();
  auto stopped = grid_options(folder / "out");
  stopped.stop = stop.get_token();
  CHECK_FALSE(run_experiment(config, hooks, stopped).finished);
  CHECK_THROWS_WITH(run_one(config, "seed-9", hooks, grid_options(folder / "out")), Catch::Contains("no run 'seed-9'"));
  {
    const auto claim = Claim::take(folder / "out", claim_of_run(3));
    CHECK_THROWS_WITH(run_one(config, name, hooks, grid_options(folder / "out")), Catch::Contains("another process"));
  }
  REQUIRE(run_one(config, name, hooks, grid_options(folder / "out")).finished);
  CHECK(is_finished(folder / "out" / name));
  const auto lead = Claim::take(folder / "out", kLeader);
  auto options = grid_options(folder / "out");
  options.resume = true;
  CHECK_THROWS_WITH(run_experiment(config, hooks, options), Catch::Contains("another process does this experiment"));
}

TEST_CASE("a helper does runs of what was begun, and leaves summing up to the process that leads", "[grid]") {
  const TemporaryFolder folder;
  const auto config = grid_of_inventions(folder, kGrid);
  std::stop_source stop;
  stop.request_stop();
  auto options = grid_options(folder / "out");
  options.stop = stop.get_token();
  run_experiment(config, hooks_of_arms(), options);  // begins, and does nothing
  auto lead = Claim::take(folder / "out", kLeader);
  options = grid_options(folder / "out");
  options.rank = {1, 2};
  const auto helped = run_experiment(config, hooks_of_arms(), options);
  CHECK(helped.finished);
  CHECK(helped.results.is_null());
  for (const OneRun& run : runs_of(config)) CHECK(is_finished(folder / "out" / run.name));
  CHECK_FALSE(fs::exists(folder / "out/results.json"));
  lead.reset();
  options.rank = {0, 2};
  options.resume = true;
  CHECK(run_experiment(config, hooks_of_arms(), options).results["arms"].size() == 4);
  options.rank = {1, 2};
  CHECK(run_experiment(config, hooks_of_arms(), options).results.is_null());  // all is done: nothing to wait for
}
