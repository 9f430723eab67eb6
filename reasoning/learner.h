#pragma once
// What an experiment sees of a learner: it is shown one line after another, says how many bits each unit of the line
// cost it before it learned from it, and then learns. noema, its lesions and its baselines are all learners.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace noema::reasoning {

/// What a learner has spent and holds so far.
struct LearnerState {
  double thinking_seconds = 0;
  std::uint64_t state_bytes = 0;  ///< memory beyond the frozen model's weights
  std::uint64_t concepts = 0;
  std::uint64_t relations = 0;
  std::uint64_t thoughts = 0;
  double gain_bits = 0;  ///< summed claimed gain of the thoughts
};

class Learner {
 public:
  virtual ~Learner() = default;

  /// Arm name: static, cache, dynamic, memory, lesion, noema ...
  virtual std::string_view name() const = 0;

  /// Scores the units of `line` (base::Segmenter::split: line end included) in bits, each before it is stored; then
  /// stores and learns. result[i] belongs to unit i; the sum is what the line cost. `line` is valid UTF-8 without line
  /// feed.
  virtual std::vector<double> experience(const std::string& line) = 0;

  /// Thinks, if this learner does: at most `proposals` proposals evaluated. Experiments call it between experiences.
  virtual void think(std::uint64_t proposals) = 0;

  virtual LearnerState state() const = 0;
};

/// A learner for experiments, named as ArmSpec::parse reads it; cache and dynamic are tuned on the first kTuningWords
/// of tune_lines. A core keeps a life at `life_path`, in which an operator that is left out was never used. Throws
/// base::UsageError for a name that is none.
std::unique_ptr<Learner> make_learner(const std::string& arm, const std::filesystem::path& model,
                                      const std::filesystem::path& life_path, std::uint64_t seed,
                                      const std::vector<std::string>& tune_lines);

}  // namespace noema::reasoning
