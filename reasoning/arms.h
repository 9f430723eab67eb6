#pragma once
// The arms that noema is compared with: the static transformer, the transformer with Grave's cache or with dynamic
// evaluation, and minds with parts left out.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "reasoning/consolidation.h"
#include "reasoning/core.h"
#include "reasoning/learner.h"
#include "reasoning/reading.h"
#include "reasoning/tuning.h"

namespace noema::reasoning {

/// What an arm makes of a line that was read once for all arms.
class Arm {
 public:
  virtual ~Arm() = default;
  /// Bits a unit, each before it is stored; then learns.
  virtual std::vector<double> experience(const std::vector<UnitReading>& line) = 0;
  /// Takes a line in without scoring it.
  virtual void warm(const std::vector<UnitReading>& line) = 0;
  virtual Thinking think(std::uint64_t proposals) = 0;
  virtual LearnerState state() const = 0;
  /// L of its graph in bits; 0 without one. O(nodes).
  virtual double description_bits() const { return 0; }
};

std::unique_ptr<Arm> static_arm();
/// What the copy that read the lines (learned_nats) makes of them. copy_bytes: what that copy holds.
std::unique_ptr<Arm> dynamic_arm(std::function<std::uint64_t()> copy_bytes);
std::unique_ptr<Arm> cache_arm(std::size_t width, const CacheSettings& settings);
/// How an arm's core consolidates.
struct ArmPractice {
  std::shared_ptr<const transformer::Model> model;
  Consolidation::Texts texts;  ///< of what the life stored; what the arm experiences it keeps itself
  std::uint64_t last = 0;      ///< inputs when the life last practised
  std::uint64_t seed = 1;
};

/// A mind without a file. thinks: whether think() does anything; practice: absent if it never consolidates.
std::unique_ptr<Arm> core_arm(std::unique_ptr<Core> core, bool thinks, std::optional<ArmPractice> practice = {});

}  // namespace noema::reasoning
