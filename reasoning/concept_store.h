#pragma once
// The concept store: what the graph expects next. Two ways lead to it. Counts: the concepts whose units end the line so
// far, longest first, each backing off to the next (hierarchical Pitman-Yor, Teh 2006, interpolated; the same discounts
// and strengths as L), and before them what followed the last one to five units in the most recent places where they
// stood, counted in the stream when it is asked for (after Liu et al. 2024, infini-gram). Matches: places in the stream
// where the same units stood before, followed on from unit to unit like an automaton (RetoMaton, Alon et al. 2022),
// weighted by how often matches of that length were right so far.

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
  std::size_t recent = 512;    ///< places of the last unit that contexts are counted in, and units of the line so far
  double discount = 0.75;      ///< of those counts
  double strength = 0.5;
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
    std::size_t match = 0;    ///< length of the longest match, 0 for none
    std::size_t context = 0;  ///< units of the longest context counted, 0 for none
    double followed = 0;      ///< how often the last unit was followed by anything
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
  static constexpr std::size_t kMaxContext = 5;
  /// A place where the last `length` units stood before, at most kMaxContext of them, and what followed there.
  struct Follower {
    concepts::ConceptId unit = 0;
    std::uint32_t length = 0;
  };
  /// Of the followers of contexts of one length.
  struct Followers {
    double total = 0;
    double distinct = 0;
  };

  double rate(std::size_t length) const { return (hits_[length] + 0.5) / (trials_[length] + 2); }
  void find_pointers(const concepts::Graph& graph);
  void find_followers(const concepts::Graph& graph);

  static constexpr std::size_t kMaxMatch = 32;
  ConceptStoreOptions options_;
  std::vector<concepts::ConceptId> history_;  // units of the line so far; kInside for unknown ones
  std::vector<Pointer> pointers_;
  std::vector<Follower> followers_;                   // most recent first
  std::array<Followers, kMaxContext + 1> by_length_;  // from 1
  std::vector<std::uint8_t> longest_;  // scratch [nodes]: longest context a unit followed; 0 between calls
  std::array<double, kMaxMatch + 1> hits_{};
  std::array<double, kMaxMatch + 1> trials_{};
};

}  // namespace noema::reasoning
