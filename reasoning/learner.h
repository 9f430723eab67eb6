#pragma once
// What an experiment sees of a learner: it is shown one experience after another, answers each before it learns from
// it, and then learns. noema, its lesions and its baselines are all learners.

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "reasoning/experience.h"

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

  /// The arm as it was written: static, noema{without=merge} ...
  virtual std::string_view name() const = 0;

  /// Answers, then stores and learns. A text: bits of its units (base::Segmenter::split: line end included), each
  /// before it is stored; result[i] belongs to unit i, and the sum is the cost of the text. It is shown only
  /// experiences of kinds that it takes (ArmKind::takes).
  virtual Outcome experience(const Experience& experience) = 0;
  /// Answers and changes nothing: asked where a stream has items that are not learned from. Only learners of labels do.
  virtual Outcome answer(const Experience& experience);
  /// Takes an experience in without answering: what was read before.
  virtual void warm(const Experience&) {}

  /// Told where a task of a stream of tasks ends, after its last item. Only arms whose method needs it listen.
  virtual void end_task() {}

  /// Thinks, if this learner does: at most `proposals` proposals evaluated. Experiments call it between experiences.
  /// Returns how many were.
  virtual std::uint64_t think(std::uint64_t) { return 0; }

  virtual LearnerState state() const = 0;
  /// The settings with which it goes on, by name, if they were tuned or given; otherwise an empty object.
  virtual nlohmann::json settings() const { return nlohmann::json::object(); }
  /// L of its graph in bits; 0 without one. O(nodes).
  virtual double description_bits() const { return 0; }

  /// Everything that going on depends on, between two experiences. A new learner of the same arm that loads it goes on
  /// with the bits of the one that was saved. Only learners that read texts for themselves save.
  virtual std::string save() = 0;
  /// Throws base::Error for bytes that are no state of this arm.
  virtual void load(std::string_view state) = 0;
};

}  // namespace noema::reasoning
