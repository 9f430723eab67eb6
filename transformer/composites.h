#pragma once
// Composites as output events: two or more units in a row that a model can say at once. They are classes of the softmax
// beside the tokens; what is read stays tokens. A text can then be said in several ways, and its probability is the
// sum over them, kept exact by carrying the posterior of being inside each composite (the forward algorithm).

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

  /// Adds one of at least two units, each the tokens of one unit; returns its number, that of the one that is there if
  /// there is. Throws Error if it has fewer units.
  int add(std::vector<Unit> units);

  int size() const { return static_cast<int>(units_.size()); }
  bool empty() const { return units_.empty(); }
  const std::vector<Unit>& units(int composite) const { return units_[static_cast<std::size_t>(composite)]; }
  /// Composites that begin with a unit, in order of their numbers.
  std::span<const int> beginning_with(const Unit& unit) const;

  /// Where in targets (tokens in a row; negative ones are gaps) a composite stands: the longest at each place, from the
  /// left, not overlapping, and only where the token after it shows that its last unit is complete. O(targets
  /// composites that begin with the token).
  std::vector<Occurrence> find(std::span<const Token> targets, int begin_end) const;

 private:
  std::vector<std::vector<Unit>> units_;
  std::vector<Unit> tokens_;                    // the units' tokens, one after another
  std::map<Unit, std::vector<int>> by_unit_;    // first unit -> composites
  std::map<Token, std::vector<int>> by_token_;  // first token -> composites, the longest first
};

/// Which composites a reader may be inside of, and how likely it is in each, at the boundary between two units.
struct CompositeState {
  struct Inside {
    int composite;
    std::size_t next;  ///< unit that comes next
    double log_share;
  };
  std::vector<Inside> inside;
  double log_outside = 0;

  /// Back to being in none.
  void clear() { inside.clear(), log_outside = 0; }

  /// Reads a unit. log_spelled: ln P(the unit token by token, and that the next begins a unit | a unit begins here);
  /// starts: composites that begin with it, each with ln P(it | a unit begins here). Returns -ln P(unit | all before).
  /// A composite that is used up gives its share back to the outside. O(inside + starts).
  double read(const Composites& composites, const Composites::Unit& unit, double log_spelled,
              std::span<const std::pair<int, double>> starts);
};

}  // namespace noema::transformer
