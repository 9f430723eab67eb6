#pragma once
// The fast store: what was just read. A continuous cache over recent hidden states (Grave et al. 2017) at two
// sharpnesses, and decayed counts of units at two time scales. It holds no concepts, so it survives when the graph is
// emptied.

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "reasoning/reading.h"

namespace noema::reasoning {

struct FastStoreOptions {
  std::size_t entries = 2000;  ///< hidden states kept
  double soft = 8;  ///< inverse temperature on the cosine of hidden states; the sharp expert's is three times it
  double short_half_life = 250;  ///< units
  double long_half_life = 2500;  ///< units
};

class FastStore {
 public:
  FastStore(std::size_t width, const FastStoreOptions& options = {});

  static constexpr std::size_t kExperts = 4;  ///< sharp, soft, short, long

  /// shares[e]: how much of its mass expert e gives to the unit about to be read; the shares over all known units sum
  /// to at most 1. O(entries width).
  void predict(const UnitReading& unit, double* shares);

  /// Stores the unit after it was scored.
  void store(const UnitReading& unit);

  std::uint64_t bytes() const;

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
  std::vector<float> states_;           // ring [entries, width]
  std::vector<std::uint32_t> answers_;  // ring: the unit that followed the state
  std::size_t stored_ = 0;
  FadingCounts short_counts_;
  FadingCounts long_counts_;
};

}  // namespace noema::reasoning
