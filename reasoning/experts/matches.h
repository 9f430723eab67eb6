#pragma once
// Places in the stream where the same units were read before, followed on from unit to unit like an automaton
// (RetoMaton, Alon et al. 2022), weighted by how often matches of that length were right so far.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "reasoning/experts/expert.h"

namespace noema::reasoning {

struct MatchesOptions {
  std::size_t pointers = 64;   ///< places followed at once
  std::size_t fresh = 32;      ///< most recent places of the last unit looked at
  std::size_t max_match = 12;  ///< units compared backwards
};

class Matches {
 public:
  explicit Matches(const MatchesOptions& options = {}) : options_(options) {}

  /// Shares over all known units and the escape sum to 1.
  struct Prediction {
    double share = 0;
    double escape = 1;
    std::size_t length = 0;  ///< of the longest match, 0 for none
  };

  void begin_line() { pointers_.clear(); }
  /// unit: the node of the unit about to be read, absent if the graph does not know it.
  Prediction predict(const concepts::Graph& graph, std::optional<concepts::ConceptId> unit) const;
  /// Learns which matches were right, and moves on; history now ends in the unit that was read.
  void advance(const concepts::Graph& graph, std::span<const concepts::ConceptId> history);

  /// How often matches of each length were right, and tried.
  static constexpr std::size_t kMaxMatch = 32;
  using ByLength = std::array<double, kMaxMatch + 1>;
  const ByLength& hits() const { return hits_; }
  const ByLength& trials() const { return trials_; }
  void restore(const ByLength& hits, const ByLength& trials);

 private:
  struct Pointer {
    concepts::Position next = 0;  ///< place of the unit it predicts
    concepts::Position end = 0;   ///< of its episode
    std::uint32_t length = 0;
  };
  double rate(std::size_t length) const { return (hits_[length] + 0.5) / (trials_[length] + 2); }
  void find_pointers(const concepts::Graph& graph, std::span<const concepts::ConceptId> history);

  MatchesOptions options_;
  std::vector<Pointer> pointers_;
  ByLength hits_{}, trials_{};
};

ExpertKind matches_expert();

}  // namespace noema::reasoning
