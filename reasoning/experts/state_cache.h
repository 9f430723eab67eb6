#pragma once
// A continuous cache over the last hidden states (Grave, Joulin & Usunier 2017), read at three temperatures. It holds
// no concepts, so it survives when the graph is emptied.

#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "reasoning/experts/expert.h"

namespace noema::reasoning {

struct StateCacheOptions {
  std::size_t entries = 4000;  ///< hidden states kept at most

  /// The same in a life of so many bytes, of which the states take a quarter at most. 0: no limit.
  StateCacheOptions within(std::uint64_t max_bytes, std::size_t width) const;
  double soft = 8;  ///< inverse temperature on the cosine of hidden states; the other voices' are two and four times it
};

class StateCache {
 public:
  StateCache(std::size_t width, const StateCacheOptions& options = {});

  static constexpr std::size_t kVoices = 3;  ///< sharp, medium, soft

  struct Prediction {
    /// How much of its mass each voice gives to the unit about to be read; over all known units the shares sum to 1, or
    /// to 0 before anything was stored.
    std::array<double, kVoices> shares{};
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
  /// What bytes() comes to at most.
  static std::uint64_t most_bytes(std::size_t width, const StateCacheOptions& options = {}) {
    return options.entries * bytes_each(width);
  }
  /// Of one state whose unit no other one has.
  static std::uint64_t bytes_each(std::size_t width) { return width + 56; }

 private:
  StateCacheOptions options_;
  std::size_t width_;
  std::vector<std::int8_t> states_;     // ring [entries, width], each state in steps of its own
  std::vector<float> steps_;            // ring: the step of each state
  std::vector<std::uint32_t> answers_;  // ring: the unit that followed the state
  std::size_t stored_ = 0;
  // Units are numbered densely while a state of theirs is kept, so that sums over states are looked up by a small
  // index.
  static constexpr std::uint32_t kNoIndex = static_cast<std::uint32_t>(-1);
  struct Index {
    std::uint32_t index = 0, states = 0;
  };
  void put_answer(std::size_t slot, std::uint32_t unit);
  std::vector<std::uint32_t> answer_index_;            // ring: index of the answer
  std::unordered_map<std::uint32_t, Index> index_of_;  // of each unit among the answers
  std::vector<std::uint32_t> free_;                    // indices that no unit has
  std::vector<float> weights_;                         // scratch [entries]
  std::vector<double> answer_weights_;                 // scratch [indices]: 0 between calls
};

ExpertKind state_cache_expert();

}  // namespace noema::reasoning
