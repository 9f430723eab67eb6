#include "tests/experiments/fakes.h"

#include <unistd.h>

#include <cmath>

#include "base/files.h"
#include "reasoning/arms/life_host.h"

namespace noema::experiments {

namespace fs = std::filesystem;

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (fs::temp_directory_path() / "noema_experiments_XXXXXX").string();
  path_ = mkdtemp(pattern.data());
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

ExperimentConfig config_of_text(const std::string& content) {
  const TemporaryFolder folder;
  base::write_file(folder / "data.txt", "a line\n");
  base::write_file(folder / "e.toml", content);
  return read_config(folder / "e.toml");
}

CountingLearner::CountingLearner(std::string arm, const fs::path& life) : arm_(std::move(arm)), life_(life) {
  base::write_file(life_, "begun");
}

CountingLearner::~CountingLearner() {
  // closing a life writes its last page; a full disk here would be the test machine's fault
  try {
    base::write_file(life_, "closed");
  } catch (const std::exception&) {
  }
}

reasoning::Outcome CountingLearner::experience(const reasoning::Experience& experience) {
  const std::string& line = std::get<reasoning::Text>(experience).text;
  std::vector<double> bits;
  const double step = arm_ == "static" ? 0 : arm_ == "noema" ? 2 : 1;
  for (const base::Unit& unit : segmenter_.split(line)) {
    double& count = counts_[base::surface_of(line, unit)];
    bits.push_back(-std::log2((count + 1) / (all_ + 1000)));
    count += step;
    all_ += step;
  }
  return reasoning::Bits{bits};
}

reasoning::LearnerState CountingLearner::state() const {
  reasoning::LearnerState state;
  state.state_bytes = counts_.size() * 40;
  if (arm_ == "noema") {
    state.concepts = counts_.size();
    state.relations = 3 * counts_.size();
    state.thoughts = thoughts_;
    state.gain_bits = 4.5 * static_cast<double>(thoughts_);
  }
  return state;
}

nlohmann::json hostile_portrait() {
  return {{"nodes",
           {{{"id", 1}, {"label", "</script><script>alert(1)</script>"}, {"kind", "composite"}, {"count", 30}},
            {{"id", 2}, {"label", "<img src=x onerror=alert(2)>"}, {"kind", "sense\" onload=\"alert(3)"}, {"count", 7}},
            {{"id", 3}, {"label", "道\n"}, {"kind", "sense"}, {"count", 100}}}},
          {"edges",
           {{{"from", 2}, {"to", 1}, {"type", "part-of"}, {"weight", 2.0}},
            {{"from", 3}, {"to", 1}, {"type", "follows\"><script>"}, {"weight", 1.0}},
            {{"from", 9}, {"to", 1}, {"type", "follows"}, {"weight", 1.0}}}},
          {"thoughts",
           {{{"id", 5},
             {"kind", "compose"},
             {"label", "'\"><svg onload=alert(4)>"},
             {"gain_bits", 12.5},
             {"reason", "</td></table>&amp;\u202e"}}}}};
}

ExperimentHooks fake_hooks(HookCalls& calls) {
  ExperimentHooks hooks;
  hooks.make_learner = [&calls](const std::string& arm, const fs::path& life, const ArmOptions&) {
    ++calls.learners;
    return std::make_unique<CountingLearner>(arm, life);
  };
  hooks.train_model = [&calls](const ModelConfig&, const std::vector<std::string>& lines, const fs::path& out) {
    ++calls.models;
    base::write_file(out, "a model of " + std::to_string(lines.size()) + " lines");
  };
  hooks.life_portrait = [](const fs::path&) { return hostile_portrait(); };
  return hooks;
}

ExperimentHooks hooks_of_arms() {
  ExperimentHooks hooks;
  hooks.make_learner = [](const std::string& arm, const fs::path& life, const ArmOptions& options) {
    return reasoning::make_learner(arm, {options.model, life, options.seed, {}, {}});
  };
  return hooks;
}

ExperimentConfig small_experiment() {
  ExperimentConfig config;
  config.name = "small </title><script>";
  config.model.train_lines = 60;
  config.stream.settings.set("lines", std::int64_t{200});
  config.stream.settings.set("people", std::int64_t{10});
  config.stream.settings.set("places", std::int64_t{4});
  config.protocol.block = 20;
  config.arms = {"static", "cache", "memory", "lesion", "noema"};
  return config;
}

}  // namespace noema::experiments
