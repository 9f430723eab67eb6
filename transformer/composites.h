#pragma once
// Composites as output events: sequences of two or more units that a model can predict as a whole. They are classes of
// the softmax beside the tokens; the model's input consists of tokens only. A text then has several segmentations, and
// its probability is the sum over them. The sum is exact: the reader carries the posterior probability of being inside
// each composite (the forward algorithm).

#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "transformer/segment_network.h"

namespace noema::transformer {

class Composites {
 public:
  using Unit = std::vector<Token>;

  /// Adds a composite of at least two units, each given as its tokens, and returns the composite's number. A composite
  /// that exists already is not added again; its number is returned. Throws Error if there are fewer than two units.
  int add(std::vector<Unit> units);

  int size() const { return static_cast<int>(units_.size()); }
  bool empty() const { return units_.empty(); }
  const std::vector<Unit>& units(int composite) const { return units_[static_cast<std::size_t>(composite)]; }
  /// Composites that begin with a unit, in order of their numbers.
  std::span<const int> beginning_with(const Unit& unit) const;

  /// The occurrences of composites in targets (a sequence of tokens, in which negative numbers are gaps), searched from
  /// left to right: the longest composite at each position, without overlaps, and only where the next token shows that
  /// the composite's last unit is complete. O(targets composites that begin with the token).
  std::vector<Occurrence> find(std::span<const Token> targets, int begin_end) const;

 private:
  std::vector<std::vector<Unit>> units_;
  std::vector<Unit> tokens_;                    // of each composite, its units' tokens concatenated
  std::map<Unit, std::vector<int>> by_unit_;    // first unit -> composites
  std::map<Token, std::vector<int>> by_token_;  // first token -> composites, the longest first
};

/// The posterior over what a reader is inside of at the boundary between two units: each composite, or none.
struct CompositeState {
  struct Inside {
    int composite;
    std::size_t next;  ///< index of the unit that the composite continues with
    double log_share;
  };
  std::vector<Inside> inside;
  double log_outside = 0;

  /// Resets to being inside no composite.
  void clear() { inside.clear(), log_outside = 0; }

  /// Reads a unit. log_spelled: ln P(the unit's tokens one by one, and then the beginning of another unit | a unit
  /// begins here). starts: the composites that begin with the unit, each with ln P(composite | a unit begins here).
  /// Returns -ln P(unit | all before). The probability of a composite that ends with this unit goes back to
  /// log_outside. O(inside + starts).
  double read(const Composites& composites, const Composites::Unit& unit, double log_spelled,
              std::span<const std::pair<int, double>> starts);
};

}  // namespace noema::transformer
