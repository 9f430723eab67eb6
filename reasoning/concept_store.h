#pragma once
// The concept store: what the graph expects next. Two ways lead to it. Counts: the concepts whose units end the line so
// far, longest first, each backing off to the next (hierarchical Pitman-Yor, Teh 2006, interpolated; the same discounts
// and strengths as L). Matches: places in the stream where the same units stood before, followed on from unit to unit
// like an automaton (RetoMaton, Alon et al. 2022), weighted by how often matches of that length were right so far.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "concepts/graph.h"

namespace noema::reasoning {

struct ConceptStoreOptions {
  std::size_t pointers = 64;   ///< places followed at once
  std::size_t fresh = 32;      ///< most recent places of the last unit looked at
  std::size_t max_match = 12;  ///< units compared backwards
};

class ConceptStore {
 public:
  explicit ConceptStore(const ConceptStoreOptions& options = {}) : options_(options) {}

  static constexpr std::size_t kExperts = 3;  ///< counts over the root, counts over the transformer, matches

  /// What each expert gives to one unit: `share` of the mass of known units, and `escape`, the mass it leaves to the
  /// transformer. Shares over all known units and the escape sum to 1.
  struct Prediction {
    std::array<double, kExperts> shares{};
    std::array<double, kExperts> escapes{1, 1, 1};
    std::size_t match = 0;  ///< length of the longest match, 0 for none
  };

  /// Forgets the line; the next unit is a line's first.
  void begin_line();
  /// `unit`: the node of the unit about to be read, or nothing if the graph does not know it.
  Prediction predict(const concepts::Graph& graph, std::optional<concepts::ConceptId> unit) const;
  /// Learns which matches were right, and moves on past `unit`.
  void advance(const concepts::Graph& graph, std::optional<concepts::ConceptId> unit);

  /// What was learned of match lengths, to be kept with the life.
  std::vector<double> state() const;
  void restore(std::span<const double> state);

 private:
  struct Pointer {
    concepts::Position next = 0;  ///< place of the unit it predicts
    concepts::Position end = 0;   ///< of its episode
    std::uint32_t length = 0;
  };
  double rate(std::size_t length) const { return (hits_[length] + 0.5) / (trials_[length] + 2); }
  void find_pointers(const concepts::Graph& graph);

  static constexpr std::size_t kMaxMatch = 32;
  ConceptStoreOptions options_;
  std::vector<concepts::ConceptId> history_;  // units of the line so far; kInside for unknown ones
  std::vector<Pointer> pointers_;
  std::array<double, kMaxMatch + 1> hits_{};
  std::array<double, kMaxMatch + 1> trials_{};
};

}  // namespace noema::reasoning
