#include "experiments/class_run.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "base/files.h"
#include "experiments/run_folder.h"
#include "reasoning/arms/life_host.h"
#include "tests/experiments/fakes.h"

using namespace noema::experiments;
namespace base = noema::base;
namespace reasoning = noema::reasoning;
using nlohmann::json;

namespace {

/// Knows the class of an item by the words of the invented world, of the classes that it was told last; or, a cheater,
/// looks for the label of what it is asked about.
class LastTaskLearner final : public reasoning::Learner {
 public:
  explicit LastTaskLearner(bool cheats) : cheats_(cheats) {}
  std::string_view name() const override { return "fake"; }
  reasoning::Outcome experience(const reasoning::Experience& item) override {
    auto said = answer(item);
    warm(item);
    return said;
  }
  reasoning::Outcome answer(const reasoning::Experience& item) override {
    if (cheats_) return reasoning::Label{label_of(item), std::nullopt, 1};
    return last_ ? reasoning::Label{*last_, std::nullopt, 0.5} : reasoning::Label{};
  }
  void warm(const reasoning::Experience& item) override { last_ = label_of(item); }
  reasoning::LearnerState state() const override { return {}; }
  std::string save() override { return ""; }
  void load(std::string_view) override {}

 private:
  bool cheats_;
  std::optional<std::string> last_;
};

ExperimentConfig invented(const std::vector<std::string>& arms) {
  ExperimentConfig config;
  config.name = "invented";
  config.stream = StreamConfig("inventions");
  config.arms = arms;
  return config;
}

ExperimentHooks real_hooks() {
  ExperimentHooks hooks;
  hooks.make_learner = [](const std::string& arm, const std::filesystem::path& life, const ArmOptions& options) {
    return reasoning::make_learner(arm, {options.model, life, options.seed, {}, {}});
  };
  return hooks;
}

ExperimentHooks fake_class_hooks(bool cheats) {
  ExperimentHooks hooks;
  hooks.make_learner = [cheats](const std::string&, const std::filesystem::path&, const ArmOptions&) {
    return std::make_unique<LastTaskLearner>(cheats);
  };
  return hooks;
}

ExperimentOptions into(const std::filesystem::path& out) {
  ExperimentOptions options;
  options.out = out;
  return options;
}

}  // namespace

TEST_CASE("a learner that knows the last class alone forgets all the others", "[classes]") {
  const TemporaryFolder folder;
  const auto result = run_class_experiment(invented({"fake"}), fake_class_hooks(false), into(folder / "out"));
  REQUIRE(result.finished);
  const json arm = result.results["arms"][0];
  CHECK(arm["accuracy"] == Approx(1.0 / 8));  // one class of eight
  CHECK(arm["forgetting"] == Approx(0.5));    // one class of the two of each task
  CHECK(arm["backward_transfer"] == Approx(-0.5));
  CHECK(arm["accuracy_matrix"].size() == 5);
  CHECK(arm["lines"] == 160);
}

TEST_CASE("a learner that looks for labels in what it is asked finds none", "[classes]") {
  const TemporaryFolder folder;
  const auto result = run_class_experiment(invented({"fake"}), fake_class_hooks(true), into(folder / "out"));
  CHECK(result.results["arms"][0]["accuracy"] == 0);
}

TEST_CASE("real arms learn invented classes, and the report shows what is kept", "[classes]") {
  const TemporaryFolder folder;
  const std::vector<std::string> arms{"names", "class_means", "slda{width=128;shrinkage=0.1}",
                                      "ridge{width=256;features=200;ridge=1}",
                                      "replay{width=256;hidden=16;layers=1;rate=0.02;batch=2;kept=80}"};
  const auto result = run_class_experiment(invented(arms), real_hooks(), into(folder / "out"));
  REQUIRE(result.finished);
  for (const json& arm : result.results["arms"]) {
    INFO(arm.dump());
    CHECK(arm["accuracy"] > 0.5);
    CHECK(arm["forgetting"] < 0.5);
    CHECK(arm["state_bytes"] > 0);
    CHECK(arm["against"].size() == 4);
  }
  CHECK(result.results["arms"][0]["outside_auroc"] > 0.7);
  const std::string report = base::read_file(folder / "out/report.html");
  CHECK(report.find("class=\"heat\"") != std::string::npos);
  CHECK(report.find("Lopez-Paz") != std::string::npos);
  CHECK(read_json(folder / "out/manifest.json")["stream"]["tasks"].size() == 4);
}

TEST_CASE("a stopped run goes on with resume, and the end is the same", "[classes]") {
  const TemporaryFolder folder;
  const auto config = invented({"names", "class_means"});
  run_class_experiment(config, real_hooks(), into(folder / "whole"));
  std::stop_source stop;
  auto options = into(folder / "parts");
  options.stop = stop.get_token();
  options.progress = [&](const Progress& progress) {
    if (progress.arm == "class_means" && progress.experience == 2) stop.request_stop();
  };
  CHECK_FALSE(run_class_experiment(config, real_hooks(), options).finished);
  options = into(folder / "parts");
  options.resume = true;
  const auto resumed = run_class_experiment(config, real_hooks(), options);
  REQUIRE(resumed.finished);
  for (const char* file : {"results.json", "accuracy_matrix.csv", "against.csv"})
    CHECK(base::read_file(folder / ("parts/" + std::string(file))) ==
          base::read_file(folder / ("whole/" + std::string(file))));
  CHECK(resumed.results["arms"][0]["seconds"] > 0);  // from timings.json, apart from what is the same each time
}
