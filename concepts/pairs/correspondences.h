#pragma once
// What stands for what in told pairs: nodes are units of one side (or a unit with its neighbours), edges lead to the
// units of the other side that stood for them, each with how often, as far as can be told.

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace noema::concepts::pairs {

/// A unit by number; the caller's tokens, or whatever it numbers.
using Unit = std::int32_t;

/// A place of the source, with the share of the attention that it has: they sum to 1 at most.
struct Place {
  std::uint64_t key = 0;  ///< of the node: key_of()
  double attention = 0;
};

/// The key of a unit, alone or between its neighbours; a missing neighbour is kNone.
inline constexpr Unit kNone = -1;
std::uint64_t key_of(Unit unit);
std::uint64_t key_of(Unit before, Unit unit, Unit after);

/// Counts of edges, of which probabilities are made: p(t | s) = c(s, t) / (c(s) + 1), which leaves 1 / (c(s) + 1) to
/// whoever predicts beside it (the escape of Witten & Bell 1991 with one new event a node).
class Correspondences {
 public:
  /// Adds to shares[t], for all t, the sum over places of attention * p(t | s); returns the mass that it gave. O(places
  /// edges a node).
  double predict(std::span<const Place> places, std::span<float> shares) const;

  /// A unit stood for what is at these places: its count of 1 is divided over them by the posterior r(s) proportional
  /// to attention * (c(s, t) + prior) / (c(s) + 1), one step of online expectation maximisation for the first model of
  /// Brown et al. (1993), whose uniform alignment the attention replaces (as in Arthur, Neubig & Nakamura 2016).
  void learn(std::span<const Place> places, Unit unit);

  std::uint64_t nodes() const { return nodes_.size(); }
  std::uint64_t edges() const { return edges_; }
  std::uint64_t bytes() const { return nodes_.size() * 64 + edges_ * sizeof(Edge); }

 private:
  struct Edge {
    Unit unit;
    float count;
  };
  struct Node {
    double count = 0;
    std::vector<Edge> edges;
  };
  static constexpr double kPrior = 0.01;  // of an edge that is not there yet

  std::unordered_map<std::uint64_t, Node> nodes_;
  std::uint64_t edges_ = 0;
};

}  // namespace noema::concepts::pairs
