#pragma once
// What the graph has counted after the last concepts: the concepts whose units end the line so far, longest first, each
// backing off to the next (hierarchical Pitman-Yor, Teh 2006, interpolated; the same discounts and strengths as L), and
// before them what followed the last one to five units in their most recent places, counted in the stream when it is
// needed (after Liu et al. 2024, infini-gram).

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "reasoning/experts/expert.h"

namespace noema::reasoning {

struct FollowerCountsOptions {
  std::size_t recent = 512;  ///< places of the last unit that contexts are counted in, and units of the line so far
  double discount = 0.75;    ///< of those counts
  double strength = 0.5;
};

class FollowerCounts {
 public:
  explicit FollowerCounts(const FollowerCountsOptions& options = {}) : options_(options) {}

  static constexpr std::size_t kVoices = 2;  ///< over the root, over the transformer

  /// What each voice gives to one unit: `share` of the mass of known units, and `escape`, the mass that it leaves to
  /// the transformer. Shares over all known units and the escape sum to 1.
  struct Prediction {
    std::array<double, kVoices> shares{};
    std::array<double, kVoices> escapes{};
    std::size_t context = 0;  ///< units of the longest context counted, 0 for none
    double followed = 0;      ///< how often the last unit was followed by anything
  };

  void begin_line();
  /// history: units of the line so far, kInside for unknown ones. unit: the node of the unit about to be read, absent
  /// if the graph does not know it.
  Prediction predict(const concepts::Graph& graph, std::span<const concepts::ConceptId> history,
                     std::optional<concepts::ConceptId> unit) const;
  /// Moves on; history now ends in the unit that was read.
  void advance(const concepts::Graph& graph, std::span<const concepts::ConceptId> history);

 private:
  static constexpr std::size_t kMaxContext = 5;
  /// A place where the last `length` units, at most kMaxContext, were read before, and the unit that followed there.
  struct Follower {
    concepts::ConceptId unit = 0;
    std::uint32_t length = 0;
  };
  /// Of the followers of contexts of one length.
  struct Totals {
    double total = 0;
    double distinct = 0;
  };
  void count_by_length(std::size_t nodes);

  FollowerCountsOptions options_;
  std::vector<Follower> followers_;                // most recent first
  std::array<Totals, kMaxContext + 1> by_length_;  // from 1
  std::vector<std::uint8_t> longest_;  // scratch [nodes]: longest context that a unit followed; 0 between calls
};

ExpertKind follower_counts_expert();

}  // namespace noema::reasoning
