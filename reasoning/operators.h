#pragma once
// The operators of thinking. Each examines a suggestion on a graph that it only reads, and answers with the best
// thought it found and what L would gain; applying and undoing are the graph's. docs/thinking.md derives the gains.

#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "concepts/graph.h"

namespace noema::reasoning {

enum class Operator : std::uint8_t {
  kEstimate,     ///< choose the concentrations of L anew
  kCompose,      ///< make one unit of two that recur in order
  kMerge,        ///< make two concepts one
  kSplit,        ///< give a unit another sense, told by its neighbours
  kAbstract,     ///< put concepts, or categories, that keep like company into a category
  kRelate,       ///< make a schema: a node and a category whose members fill the slot beside it
  kForget,       ///< do without what does not pay, or let go of the oldest inputs
  kConsolidate,  ///< practise what is stored into the weights of the predictive copy
  kAssociate,    ///< link what was asked and recalled together; no change of L
};
inline constexpr std::size_t kOperators = 9;
std::string_view name_of(Operator kind);
/// The operator of a name in the journal; throws base::Error for a name this program does not know.
Operator operator_named(std::string_view name);

/// Which operators may be used.
class OperatorSet {
 public:
  static OperatorSet all() { return OperatorSet(); }
  OperatorSet without(Operator kind) const {
    OperatorSet set = *this;
    set.left_out_.set(static_cast<std::size_t>(kind));
    return set;
  }
  bool operator[](Operator kind) const { return !left_out_[static_cast<std::size_t>(kind)]; }

 private:
  std::bitset<kOperators> left_out_;
};

/// Something worth examining. compose: nodes a and b. merge: concept a and whoever it is one with. abstract: concept or
/// category a and whoever keeps its company (a merge, if that gains more); or, b being 1, category a (0: all that lies
/// in none) and the kinds that its members are of. split: unit a. relate: category a and what stands beside it. forget:
/// node a. estimate: nothing.
struct Suggestion {
  Operator kind = Operator::kCompose;
  concepts::ConceptId a = 0;
  concepts::ConceptId b = 0;
  double priority = 0;  ///< expected gain in bits per position touched

  bool same_as(const Suggestion& other) const { return kind == other.kind && a == other.a && b == other.b; }
};

/// What examining found. The graph is not changed yet. Operands (associate: pairs of concepts, one after another):
///   estimate   the concentrations, each + 64
///   compose    first, second                  relate   first, second (one of them a category)
///   merge      from, into                     split    unit, side, the neighbours that tell the sense
///   abstract   0, a, b: a new category of both; or category, member: moves the member there; or category, n, and n
///              times a number and so many members: divides it, making n categories
///   forget     node: dissolves it; or 0, member: takes it out of its category; or 0, 0, n: lets go of inputs up to n
struct Thought {
  Operator kind = Operator::kCompose;
  std::vector<concepts::ConceptId> operands;
  double gain_bits = 0;
  std::size_t examined = 1;  ///< alternatives compared, this one included
  std::vector<concepts::Position> occurrences;
};

/// The best thought for a suggestion, whatever its gain; nothing if there is none. Bounded by the graph's options.
std::optional<Thought> examine(const concepts::Graph& graph, const Suggestion& suggestion,
                               const OperatorSet& allowed = OperatorSet::all());

/// A thought of these operands, weighed on the graph; nothing if it makes no sense. Letting go of inputs gains 0: data
/// went away, nothing became shorter to say.
std::optional<Thought> weigh(const concepts::Graph& graph, Operator kind, std::vector<concepts::ConceptId> operands);

/// The same thought weighed again on the graph as it is now.
std::optional<Thought> examine_again(const concepts::Graph& graph, const Thought& thought);

/// The concept that the thought will make (the first, if several) or change; 0 for none.
concepts::ConceptId result_of(const concepts::Graph& graph, Operator kind,
                              const std::vector<concepts::ConceptId>& operands);

/// What undoing will need beside operands and result: the concentrations or the category that are replaced, the members
/// of a category that goes.
std::vector<concepts::ConceptId> before(const concepts::Graph& graph, Operator kind,
                                        const std::vector<concepts::ConceptId>& operands);

/// Does it. Returns result_of(). Letting go of inputs is the graph's forget().
concepts::ConceptId apply(concepts::Graph& graph, Operator kind, const std::vector<concepts::ConceptId>& operands,
                          std::uint64_t thought);

/// Takes it back.
void undo(concepts::Graph& graph, Operator kind, const std::vector<concepts::ConceptId>& operands,
          concepts::ConceptId result, const std::vector<concepts::ConceptId>& before);

/// Concentrations as journalled integers (each + 64, to be non-negative), and back. Throws base::Error for integers
/// that are none.
std::vector<concepts::ConceptId> coded(const concepts::Concentrations& concentrations);
concepts::Concentrations decoded(const std::vector<concepts::ConceptId>& operands);

}  // namespace noema::reasoning
