#include "experiments/seeds.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "base/error.h"
#include "base/files.h"
#include "experiments/run_folder.h"
#include "tests/experiments/fakes.h"

using namespace noema::experiments;
namespace base = noema::base;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

ExperimentConfig invented_with_seeds() {
  ExperimentConfig config;
  config.name = "invented";
  config.stream = StreamConfig("inventions");
  config.arms = {"names", "class_means", "finetune{hidden=8;layers=1;width=64;rate=0.01}"};
  config.seeds = {1, 2, 3};
  return config;
}

ExperimentOptions seeds_into(const fs::path& out) {
  ExperimentOptions options;
  options.out = out;
  return options;
}

}  // namespace

TEST_CASE("several seeds give mean, standard deviation and an interval, and each is a run of its own", "[seeds]") {
  const TemporaryFolder folder;
  const auto result = run_experiment(invented_with_seeds(), hooks_of_arms(), seeds_into(folder / "out"));
  REQUIRE(result.finished);
  const json results = read_results(folder / "out");
  CHECK(results == result.results);
  CHECK(results["seeds"] == json{1, 2, 3});
  CHECK(results["tasks"] == 4);
  for (std::size_t i = 0; i < 3; ++i) {
    const json& arm = results["arms"][i];
    double sum = 0, squares = 0;
    for (const int seed : {1, 2, 3}) {
      const json own = read_results(folder / ("out/seed-" + std::to_string(seed)))["arms"][i];
      CHECK(arm["by_seed"]["accuracy"][static_cast<std::size_t>(seed - 1)] == own["accuracy"]);
      sum += own["accuracy"].get<double>();
      squares += std::pow(own["accuracy"].get<double>(), 2);
    }
    CHECK(arm["accuracy"].get<double>() == Approx(sum / 3));
    CHECK(arm["deviation"]["accuracy"].get<double>() == Approx(std::sqrt((squares - sum * sum / 3) / 2)));
    CHECK(arm["accuracy_matrix"].size() == 5);
    CHECK(arm["against"].size() == 2);
  }
  const json& worse = results["arms"][0]["against"][invented_with_seeds().arms[2]];
  CHECK(worse["low"] > 0);
  CHECK(worse["inside_noise"] == false);
  CHECK(read_json_lines(folder / "out/events.jsonl").size() == 3 * 3 * 4);
  const std::string report = base::read_file(folder / "out/report.html");
  CHECK(report.find("seed-2/report.html") != std::string::npos);
  CHECK(report.find("seeds 1, 2, 3") != std::string::npos);
  CHECK(report.find(" ± ") != std::string::npos);
}

TEST_CASE("a run of several seeds that was stopped goes on with resume, to the same bytes", "[seeds]") {
  const TemporaryFolder folder;
  run_experiment(invented_with_seeds(), hooks_of_arms(), seeds_into(folder / "whole"));
  std::stop_source stop;
  auto options = seeds_into(folder / "parts");
  options.stop = stop.get_token();
  options.progress = [&](const Progress& progress) {
    if (progress.run == "seed-2" && progress.arm == "class_means" && progress.experience == 2) stop.request_stop();
  };
  CHECK_FALSE(run_experiment(invented_with_seeds(), hooks_of_arms(), options).finished);
  options = seeds_into(folder / "parts");
  CHECK_THROWS_AS(run_experiment(invented_with_seeds(), hooks_of_arms(), options), base::Error);
  options.resume = true;
  REQUIRE(run_experiment(invented_with_seeds(), hooks_of_arms(), options).finished);
  for (const char* file : {"results.json", "against.csv", "accuracy_matrix.csv", "seed-2/results.json"})
    CHECK(base::read_file(folder / ("whole/" + std::string(file))) ==
          base::read_file(folder / ("parts/" + std::string(file))));
}

TEST_CASE("force begins all seeds anew, and those that are no longer wanted go", "[seeds]") {
  const TemporaryFolder folder;
  run_experiment(invented_with_seeds(), hooks_of_arms(), seeds_into(folder / "out"));
  auto config = invented_with_seeds();
  config.seeds = {4};
  auto options = seeds_into(folder / "out");
  options.force = true;
  const auto result = run_experiment(config, hooks_of_arms(), options);
  CHECK_FALSE(fs::exists(folder / "out/seed-1"));
  CHECK(fs::exists(folder / "out/seed-4/results.json"));
  CHECK_FALSE(result.results["arms"][0].contains("deviation"));  // of one seed there is none
}

TEST_CASE("streams of text take several seeds too", "[seeds]") {
  const TemporaryFolder folder;
  HookCalls calls;
  auto config = small_experiment();
  config.seeds = {1, 2};
  const auto result = run_experiment(config, fake_hooks(calls), seeds_into(folder / "out"));
  REQUIRE(result.finished);
  CHECK(calls.models == 2);
  CHECK(calls.learners == 10);
  const json& noema = result.results["arms"][4];
  CHECK(noema["deviation"]["bits_per_char"].is_number());
  CHECK(noema["against"]["static"]["high"] < 0);
  CHECK(noema["against"]["static"]["inside_noise"] == false);
  CHECK(noema["concepts"].is_number_integer());
  CHECK(base::read_file(folder / "out/report.html").find("Seed by seed") != std::string::npos);
}

TEST_CASE("numbers that one of the runs lacks have no mean", "[seeds]") {
  const json mean = mean_of_runs({{{"arm", "a"}, {"accuracy", 0.5}, {"lines", 3}, {"outside_auroc", 0.5}},
                                  {{"arm", "a"}, {"accuracy", 0.7}, {"lines", 3}}});
  CHECK(mean["accuracy"].get<double>() == Approx(0.6));
  CHECK(mean["deviation"]["accuracy"].get<double>() == Approx(std::sqrt(0.02)));
  CHECK(mean["lines"] == 3);
  CHECK(mean["lines"].is_number_integer());
  CHECK_FALSE(mean.contains("outside_auroc"));
}
