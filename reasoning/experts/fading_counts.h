#pragma once
// Counts of units that fade with time, at two half-lives: what is spoken of now, and what this text is about.

#include <cstdint>
#include <unordered_map>

#include "reasoning/experts/expert.h"

namespace noema::reasoning {

/// Counts that fade by half every `half_life` units. Fading is applied lazily: counts are relative to a growing scale.
class FadingCounts {
 public:
  explicit FadingCounts(double half_life) : half_life_(half_life) {}

  /// Share of the unit in all counts; 0 before anything was added.
  double share(std::uint32_t unit) const;
  void add(std::uint32_t unit);
  bool empty() const { return counts_.empty(); }
  std::uint64_t bytes() const { return counts_.size() * 32; }

 private:
  void rescale();

  double half_life_;
  double scale_ = 1;
  double total_ = 0;
  std::unordered_map<std::uint32_t, double> counts_;
};

ExpertKind fading_counts_expert();

}  // namespace noema::reasoning
