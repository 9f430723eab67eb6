#pragma once
// L, the description length that decides every thought. docs/thinking.md derives it; this file and statistics.h hold
// all of it.
//
//   L(life) = L(graph) + L(mentions | graph)
//
// Mentions are coded one after another given their predecessor, by a two-level Pitman-Yor restaurant with one table a
// dish (Teh 2006): a context ("row") that has seen a successor repeats it from its own counts, and otherwise draws it
// from the root, which counts in how many rows each concept stands. The code does not depend on order, so it is a sum
// of Gamma functions of counts, and a change of some cells changes only their own terms.

#include <cstdint>
#include <span>
#include <vector>

namespace noema::concepts {

/// Discounts in 1/32 and strengths as powers of sqrt(2), small integers so that they are coded and compared exactly.
struct Concentrations {
  std::int32_t row_discount = 24;   ///< d1 = 24/32
  std::int32_t row_strength = 0;    ///< a1 = 2^(0/2)
  std::int32_t rest_discount = 16;  ///< of who is chosen among the concepts that lie in no category
  std::int32_t rest_strength = 0;
  std::int32_t category_discount = 24;  ///< of what follows a category, and of the root
  std::int32_t category_strength = 0;
  std::int32_t member_discount = 2;  ///< of who is chosen among a category's members
  std::int32_t member_strength = 6;

  static constexpr std::int32_t kMaxDiscount = 31;  ///< discounts are 1..31
  static constexpr std::int32_t kMaxStrength = 24;  ///< strengths are -8..24
  static constexpr std::int32_t kMinStrength = -8;
  static constexpr double kBits = 4 * (5 + 5.05);  ///< L(graph) of the eight: log2 31 and log2 33 each

  bool operator==(const Concentrations&) const = default;
};

/// The code of one level: costs in nats of a restaurant's counts. Thread-safe after construction.
class LevelCode {
 public:
  /// discount in 1/32, strength exponent in half powers of 2.
  LevelCode(std::int32_t discount, std::int32_t strength);

  /// What a dish that was taken `count` times costs: -[ln Gamma(count - d) - ln Gamma(1 - d)]; 0 for an absent one.
  double cell(std::uint64_t count) const { return count < cells_.size() ? cells_[count] : cell_slowly(count); }
  /// What a restaurant of `total` customers and `distinct` dishes costs beside its cells:
  /// [ln Gamma(a + total) - ln Gamma(a)] - sum_{k < distinct} ln(a + d k).
  double restaurant(std::uint64_t distinct, std::uint64_t total) const;

  double discount() const { return d_; }
  double strength() const { return a_; }

 private:
  double cell_slowly(std::uint64_t count) const;

  double d_;
  double a_;
  double log_d_;
  double log_gamma_one_minus_d_;
  double log_gamma_a_;
  double log_gamma_a_over_d_;
  std::vector<double> cells_;  // memo of small counts
};

/// Cost in nats of saying, for each mention of a concept, by which of its `counts.size()` forms: Dirichlet-multinomial
/// with concentration 1 a form. A single form costs nothing.
double forms_nats(std::span<const std::uint64_t> counts);

/// L(graph) of what the graph says, in bits: which of the kinds it is (a prefix code), and what it names. Whatever is
/// named is one of the nodes before it, so that a new node never changes what an old one costs.
double sense_bits(std::size_t label_bytes);         ///< 0, then the spelling, 8 bits a byte, and its end
double composite_bits(std::uint64_t nodes_before);  ///< 10, two nodes
double redirect_bits(std::uint64_t nodes_before);   ///< 110, a node
/// All memberships together: each says in which of the categories.
double memberships_bits(std::uint64_t memberships, std::uint64_t categories);
double category_bits();                                                 ///< 11110
double split_bits(std::uint64_t nodes_before, std::size_t neighbours);  ///< 111110, a side, a node, its neighbours
double schema_bits(std::uint64_t nodes_before);                         ///< 1111110, which part is the slot, two nodes

}  // namespace noema::concepts
