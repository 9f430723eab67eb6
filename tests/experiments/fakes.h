#pragma once
// Learners that are quick and predictable, and a folder that cleans up after itself.

#include <atomic>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/text.h"
#include "experiments/config.h"
#include "experiments/experiment.h"

namespace noema::experiments {

/// A new empty folder, removed with everything in it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// The experiment file of this content, beside which lies data.txt.
ExperimentConfig config_of_text(const std::string& content);

/// Counts units: bits of a unit are -log2((count + 1) / (all + 1000)). static never counts; noema counts twice, which
/// stands for something gained by thinking, and calls each distinct unit a concept. Its life is a text file.
class CountingLearner final : public reasoning::Learner {
 public:
  CountingLearner(std::string arm, const std::filesystem::path& life);
  ~CountingLearner() override;
  CountingLearner(const CountingLearner&) = delete;
  CountingLearner& operator=(const CountingLearner&) = delete;
  std::string_view name() const override { return arm_; }
  reasoning::Outcome experience(const reasoning::Experience& experience) override;
  std::uint64_t think(std::uint64_t proposals) override {
    thoughts_ += proposals;
    return proposals;
  }
  std::string save() override { return ""; }
  void load(std::string_view) override {}
  reasoning::LearnerState state() const override;

 private:
  std::string arm_;
  std::filesystem::path life_;
  base::Segmenter segmenter_;
  std::map<std::string, double> counts_;
  double all_ = 0;
  std::uint64_t thoughts_ = 0;
};

/// How often the hooks of fake_hooks() were called.
struct HookCalls {
  std::atomic<int> learners = 0;
  std::atomic<int> models = 0;
};

/// Counting learners, a model that is a text file, and a small portrait with hostile text.
ExperimentHooks fake_hooks(HookCalls& calls);

/// Learners of the registry.
ExperimentHooks hooks_of_arms();

/// A portrait whose labels try to break out of the page.
nlohmann::json hostile_portrait();

/// A small experiment over the generated world: 60 lines train, 200 are the stream, blocks of 20.
ExperimentConfig small_experiment();

}  // namespace noema::experiments
