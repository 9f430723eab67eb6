#pragma once
// The fast store: what was just read. A continuous cache over recent hidden states (Grave et al. 2017) at three
// sharpnesses, and decayed counts of units at two time scales. It holds no concepts, so it survives when the graph is
// emptied.

#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "reasoning/reading.h"

namespace noema::reasoning {

struct FastStoreOptions {
  std::size_t entries = 4000;  ///< hidden states kept
  double soft =
      8;  ///< inverse temperature on the cosine of hidden states; the other experts' are two and four times it
  double short_half_life = 250;  ///< units
  double long_half_life = 2500;  ///< units
};

class FastStore {
 public:
  FastStore(std::size_t width, const FastStoreOptions& options = {});

  static constexpr std::size_t kExperts = 5;  ///< sharp, medium and soft cache, short and long counts

  struct Prediction {
    /// How much of its mass each expert gives to the unit about to be read; the shares over all known units sum to 1,
    /// or to 0 before anything was stored.
    std::array<double, kExperts> shares{};
    double mass = 0;        ///< ln of the sum of the sharp weights exp(32 (cosine - 1)): how near the past is
    double focus = 0;       ///< sum of squared shares of the states in the sharp cache
    double soft_focus = 0;  ///< the same in the medium one
    double favourite = 0;   ///< share of the unit that the medium cache expects most
  };

  /// O(entries width).
  Prediction predict(const UnitReading& unit);

  /// Stores the unit after it was scored.
  void store(const UnitReading& unit);

  bool empty() const { return answers_.empty(); }
  std::uint64_t bytes() const;
  /// What the hidden states need when all that are kept are there.
  static std::uint64_t most_bytes(std::size_t width, const FastStoreOptions& options = {}) {
    return options.entries * (width + 3 * sizeof(float));
  }

 private:
  /// Counts that fade: multiplied out lazily by keeping them at the scale of `now`.
  struct FadingCounts {
    double half_life = 0;
    double scale = 1;  ///< grows with time; counts are relative to it
    double total = 0;
    std::unordered_map<std::uint32_t, double> counts;
    double share(std::uint32_t id) const;
    void add(std::uint32_t id);
  };

  FastStoreOptions options_;
  std::size_t width_;
  std::vector<std::int8_t> states_;     // ring [entries, width], each state in steps of its own
  std::vector<float> steps_;            // ring: the step of each state
  std::vector<std::uint32_t> answers_;  // ring: the unit that followed the state
  std::size_t stored_ = 0;
  FadingCounts short_counts_;
  FadingCounts long_counts_;
  std::vector<float> weights_;         // scratch [entries]
  std::vector<double> answer_weight_;  // scratch [units]: 0 between calls
};

}  // namespace noema::reasoning
