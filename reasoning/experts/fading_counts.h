#pragma once
// Counts of units that fade with time, at two half-lives: what is spoken of now, and what this text is about.

#include <cstdint>
#include <unordered_map>

#include "reasoning/experts/expert.h"

namespace noema::reasoning {

/// Counts that fade by half every `half_life` units. Fading is applied lazily: counts are relative to a growing scale.
class FadingCounts {
 public:
  /// most_units: how many units have counts at most; with one more, the half that counts least goes. 0: no limit.
  explicit FadingCounts(double half_life, std::size_t most_units = 0)
      : half_life_(half_life), most_units_(most_units) {}

  /// Share of the unit in all counts; 0 before anything was added.
  double share(std::uint32_t unit) const;
  void add(std::uint32_t unit);
  bool empty() const { return counts_.empty(); }
  std::uint64_t bytes() const { return counts_.size() * kBytesEach; }
  static constexpr std::uint64_t kBytesEach = 32;  ///< of a unit

 private:
  void rescale();
  void drop_half();
  void sum_up();

  double half_life_;
  std::size_t most_units_;
  double scale_ = 1;
  double total_ = 0;
  std::unordered_map<std::uint32_t, double> counts_;
};

/// What the expert holds at most in a life of so many bytes. 0: no limit.
std::uint64_t most_bytes_of_fading_counts(std::uint64_t max_bytes);

ExpertKind fading_counts_expert();

}  // namespace noema::reasoning
