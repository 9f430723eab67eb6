#include "experiments/experiment.h"

#include <catch2/catch.hpp>
#include <fstream>

#include "base/error.h"
#include "base/files.h"
#include "experiments/run_folder.h"
#include "tests/experiments/fakes.h"

using namespace noema::experiments;
namespace base = noema::base;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

ExperimentOptions options_for(const fs::path& out) {
  ExperimentOptions options;
  options.out = out;
  options.code_version = "v-test";
  options.command = "noema run small.toml --out DIR";
  return options;
}

std::string results_in(const fs::path& folder) { return base::read_file(folder / "results.json"); }

}  // namespace

TEST_CASE("a run scores every arm on the same stream and writes what it found") {
  const TemporaryFolder folder;
  HookCalls calls;
  const auto result = run_experiment(small_experiment(), fake_hooks(calls), options_for(folder / "out"));
  REQUIRE(result.finished);
  CHECK(calls.learners == 5);
  CHECK(calls.models == 1);

  const json manifest = read_json(folder / "out/manifest.json");
  CHECK(manifest["code_version"] == "v-test");
  CHECK(manifest["seed"] == 1);
  CHECK(manifest["stream"]["train_lines"] == 60);
  CHECK(manifest["stream"]["tune_lines"] == 20);
  CHECK(manifest["stream"]["scored_lines"] == 180);
  for (const char* key : {"data_hash", "model_hash", "config_hash"})
    CHECK(manifest[key].get<std::string>().size() == 64);
  CHECK(manifest["started"].is_string());
  CHECK(manifest["ended"].is_string());

  const json results = read_results(folder / "out");
  CHECK(results == result.results);
  CHECK(results["arms"][0].contains("seconds"));
  CHECK_FALSE(read_json(folder / "out/results.json")["arms"][0].contains("seconds"));
  REQUIRE(results["arms"].size() == 5);
  const json& still = results["arms"][0];
  const json& noema = results["arms"][4];
  CHECK(still["arm"] == "static");
  CHECK(still["bits_per_char"] > noema["bits_per_char"]);
  CHECK(still["words_made_worse"] == 0);
  CHECK(noema["words_made_worse"] > 0);
  CHECK(noema["words_made_worse"] < 0.9);
  CHECK(noema["against"]["static"]["high"] < 0);
  CHECK(noema["concepts"] > 0);
  CHECK(noema["thoughts"] == 180 * 2);
  CHECK(results["arms"][1]["against"]["memory"]["nats_per_word"] == 0);
  for (const json& arm : results["arms"]) {
    CHECK(arm["words"] == results["words"]);
    CHECK(fs::exists(folder / ("out/" + arm["arm"].get<std::string>() + ".life")));
    CHECK(read_bits(folder / ("out/" + arm["arm"].get<std::string>() + ".bits")).size() == results["words"]);
  }
  CHECK(fs::exists(result.report));
}

TEST_CASE("there is one event for each arm and experience, and its bits sum to the arm's") {
  const TemporaryFolder folder;
  HookCalls calls;
  const auto result = run_experiment(small_experiment(), fake_hooks(calls), options_for(folder / "out"));
  const auto events = read_json_lines(folder / "out/events.jsonl");
  CHECK(events.size() == 5 * 9);
  double bits = 0;
  for (const json& event : events) {
    if (event["arm"] == "noema") bits += event["bits"].get<double>();
  }
  CHECK(bits == Approx(result.results["arms"][4]["bits"].get<double>()));
  CHECK(events.back()["bits_per_char_so_far"].get<double>() ==
        Approx(result.results["arms"][4]["bits_per_char"].get<double>()));
}

TEST_CASE("arms side by side give the numbers of arms one after another") {
  const TemporaryFolder folder;
  HookCalls calls;
  run_experiment(small_experiment(), fake_hooks(calls), options_for(folder / "one"));
  auto options = options_for(folder / "two");
  options.arms_at_once = 2;
  options.threads = 2;
  std::size_t told = 0;
  options.progress = [&told](const Progress& progress) { told += progress.experiences > 0 ? 1 : 0; };
  run_experiment(small_experiment(), fake_hooks(calls), options);
  CHECK(results_in(folder / "one") == results_in(folder / "two"));
  CHECK(told == 45);
}

TEST_CASE("tuning lines reach the arms and are not scored") {
  const TemporaryFolder folder;
  HookCalls calls;
  auto hooks = fake_hooks(calls);
  std::size_t tune_lines = 0;
  hooks.make_learner = [&](const std::string& arm, const fs::path& life, const ArmOptions& options) {
    tune_lines = options.tune_lines.size();
    CHECK(fs::exists(options.model));
    CHECK_FALSE(fs::exists(life));
    return std::make_unique<CountingLearner>(arm, life);
  };
  auto config = small_experiment();
  config.protocol.max_lines = 50;
  const auto result = run_experiment(config, hooks, options_for(folder / "out"));
  CHECK(tune_lines == 20);
  CHECK(result.results["lines"] == 50);
}

TEST_CASE("settings are tuned on the lines of another stream, all of the stream is scored, and the report says so") {
  const TemporaryFolder folder;
  HookCalls calls;
  auto hooks = fake_hooks(calls);
  std::vector<std::string> tune_lines;
  class Tuned final : public noema::reasoning::Learner {
   public:
    explicit Tuned(std::unique_ptr<noema::reasoning::Learner> own) : own_(std::move(own)) {}
    std::string_view name() const override { return own_->name(); }
    noema::reasoning::Outcome experience(const noema::reasoning::Experience& one) override {
      return own_->experience(one);
    }
    noema::reasoning::LearnerState state() const override { return own_->state(); }
    nlohmann::json settings() const override { return {{"theta", 16}}; }
    std::string save() override { return own_->save(); }
    void load(std::string_view state) override { own_->load(state); }

   private:
    std::unique_ptr<noema::reasoning::Learner> own_;
  };
  hooks.make_learner = [&](const std::string& arm, const fs::path& life,
                           const ArmOptions& options) -> std::unique_ptr<noema::reasoning::Learner> {
    tune_lines = options.tune_lines;
    return std::make_unique<Tuned>(std::make_unique<CountingLearner>(arm, life));
  };
  auto config = small_experiment();
  const auto before = run_experiment(config, hooks, options_for(folder / "front"));
  CHECK(tune_lines.size() == 20);
  config.tuning = StreamConfig("zipf");
  config.tuning->settings.set("lines", std::int64_t{30});
  const auto result = run_experiment(config, hooks, options_for(folder / "out"));
  CHECK(tune_lines.size() == 30);
  CHECK(result.results["lines"] == before.results["lines"].get<int>() + 20);
  CHECK(result.results["arms"][0]["settings"]["theta"] == 16);
  const std::string page = base::read_file(result.report);
  CHECK(page.find("Tuned on 30 lines of another stream") != std::string::npos);
  CHECK(page.find("theta 16") != std::string::npos);

  config.tuning = config.stream;
  CHECK_THROWS_WITH(run_experiment(config, hooks, options_for(folder / "same")),
                    Catch::Contains("are also in [tuning]"));
}

TEST_CASE("a stopped run goes on with resume: finished arms and the model are kept, and the end is the same") {
  const TemporaryFolder folder;
  HookCalls whole_calls;
  run_experiment(small_experiment(), fake_hooks(whole_calls), options_for(folder / "whole"));

  HookCalls calls;
  std::stop_source stop;
  auto options = options_for(folder / "out");
  options.stop = stop.get_token();
  options.progress = [&stop](const Progress& progress) {
    if (progress.arm == "memory" && progress.experience == 4) stop.request_stop();
  };
  const auto stopped = run_experiment(small_experiment(), fake_hooks(calls), options);
  CHECK_FALSE(stopped.finished);
  CHECK(calls.learners == 3);
  CHECK(read_json(folder / "out/manifest.json")["ended"].is_null());
  std::ofstream(folder / "out/events.jsonl", std::ios::app) << "{\"arm\":\"cache\",\"cut sho";

  options = options_for(folder / "out");
  CHECK_THROWS_WITH(run_experiment(small_experiment(), fake_hooks(calls), options),
                    Catch::Contains("unfinished") && Catch::Contains("--resume"));
  options.resume = true;
  const auto resumed = run_experiment(small_experiment(), fake_hooks(calls), options);
  CHECK(resumed.finished);
  CHECK(calls.learners == 3 + 3);
  CHECK(calls.models == 1);
  CHECK(results_in(folder / "out") == results_in(folder / "whole"));
  CHECK(read_json_lines(folder / "out/events.jsonl").size() == 45);

  run_experiment(small_experiment(), fake_hooks(calls), options);
  CHECK(calls.learners == 6);  // a finished run is not run again
}

TEST_CASE("an arm that fails ends the run with its error, and resume takes it up again") {
  const TemporaryFolder folder;
  HookCalls calls;
  auto hooks = fake_hooks(calls);
  const auto make = hooks.make_learner;
  hooks.make_learner = [&make](const std::string& arm, const fs::path& life, const ArmOptions& options) {
    if (arm == "lesion") throw base::Error("the disk is full");
    return make(arm, life, options);
  };
  auto options = options_for(folder / "out");
  options.arms_at_once = 2;
  CHECK_THROWS_WITH(run_experiment(small_experiment(), hooks, options), "the disk is full");
  options.resume = true;
  CHECK(run_experiment(small_experiment(), fake_hooks(calls), options).finished);
}

TEST_CASE("a folder that holds another experiment, this one, or foreign files is not overwritten without force") {
  const TemporaryFolder folder;
  HookCalls calls;
  auto options = options_for(folder / "out");
  run_experiment(small_experiment(), fake_hooks(calls), options);
  CHECK_THROWS_WITH(run_experiment(small_experiment(), fake_hooks(calls), options),
                    Catch::Contains("holds this experiment already (finished)"));
  auto other = small_experiment();
  other.seed = 9;
  options.resume = true;
  CHECK_THROWS_WITH(run_experiment(other, fake_hooks(calls), options), Catch::Contains("holds another experiment"));
  options.resume = false;
  options.force = true;
  base::write_file(folder / "out/notes.txt", "mine");
  CHECK(run_experiment(other, fake_hooks(calls), options).results["seed"] == 9);
  CHECK(fs::exists(folder / "out/notes.txt"));

  fs::create_directories(folder / "full");
  base::write_file(folder / "full/letter.txt", "mine");
  CHECK_THROWS_WITH(run_experiment(other, fake_hooks(calls), options_for(folder / "full")),
                    Catch::Contains("holds files but no run"));
  base::write_file(folder / "file", "mine");
  CHECK_THROWS_AS(run_experiment(other, fake_hooks(calls), options_for(folder / "file")), base::Error);
}

TEST_CASE("force on a broken stream loses nothing of the run before") {
  const TemporaryFolder folder;
  HookCalls calls;
  auto options = options_for(folder / "out");
  run_experiment(small_experiment(), fake_hooks(calls), options);
  auto broken = small_experiment();
  broken.stream = StreamConfig("files");
  broken.stream.paths = {folder / "gone.txt"};
  options.force = true;
  CHECK_THROWS_AS(run_experiment(broken, fake_hooks(calls), options), base::Error);
  CHECK(fs::exists(folder / "out/results.json"));
}

TEST_CASE("resume notices that the data has changed") {
  const TemporaryFolder folder;
  HookCalls calls;
  auto config = small_experiment();
  config.model.train_lines = 1;
  config.stream = StreamConfig("files");
  config.stream.paths = {folder / "a.txt"};
  base::write_file(folder / "a.txt", "one\ntwo\nthree\n");
  auto options = options_for(folder / "out");
  run_experiment(config, fake_hooks(calls), options);
  base::write_file(folder / "a.txt", "one\ntwo\nfour\n");
  options.resume = true;
  CHECK_THROWS_WITH(run_experiment(config, fake_hooks(calls), options), Catch::Contains("other data"));
}

TEST_CASE("a learner that gives the wrong number of bits, or none that is finite, is caught") {
  struct Broken final : noema::reasoning::Learner {
    explicit Broken(std::vector<double> given) : bits(std::move(given)) {}
    std::string_view name() const override { return "broken"; }
    noema::reasoning::Outcome experience(const noema::reasoning::Experience&) override {
      return noema::reasoning::Bits{bits};
    }
    std::string save() override { return ""; }
    void load(std::string_view) override {}
    noema::reasoning::LearnerState state() const override { return {}; }
    std::vector<double> bits;
  };
  const TemporaryFolder folder;
  HookCalls calls;
  auto hooks = fake_hooks(calls);
  hooks.make_learner = [](const std::string&, const fs::path&, const ArmOptions&) {
    return std::make_unique<Broken>(std::vector<double>{1.0});
  };
  CHECK_THROWS_AS(run_experiment(small_experiment(), hooks, options_for(folder / "a")), std::logic_error);
  hooks.make_learner = [](const std::string&, const fs::path&, const ArmOptions&) {
    return std::make_unique<Broken>(std::vector<double>{std::numeric_limits<double>::infinity()});
  };
  CHECK_THROWS_AS(run_experiment(small_experiment(), hooks, options_for(folder / "b")), std::logic_error);
}

TEST_CASE("the clock given is the one recorded") {
  const TemporaryFolder folder;
  HookCalls calls;
  const base::ManualClock clock(86400);
  auto options = options_for(folder / "out");
  options.clock = &clock;
  run_experiment(small_experiment(), fake_hooks(calls), options);
  CHECK(read_json(folder / "out/manifest.json")["started"] == "1970-01-02T00:00:00+00:00");
}
