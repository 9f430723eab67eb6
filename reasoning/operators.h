#pragma once
// The operators of thinking. Each examines a suggestion on a graph that it only reads, and answers with the best
// thought it found and what L would gain; applying and undoing are the graph's. docs/thinking.md derives the gains.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "concepts/graph.h"

namespace noema::reasoning {

enum class Operator : std::uint8_t { kEstimate, kCompose, kMerge };
std::string_view name_of(Operator kind);
/// The operator of a name in the journal; throws base::Error for a name this program does not know.
Operator operator_named(std::string_view name);

/// Something worth examining: compose a and b, find what a is one with, or estimate the concentrations.
struct Suggestion {
  Operator kind = Operator::kCompose;
  concepts::ConceptId a = 0;
  concepts::ConceptId b = 0;
  double priority = 0;  ///< expected gain in bits per position touched

  bool same_as(const Suggestion& other) const { return kind == other.kind && a == other.a && b == other.b; }
};

/// What examining found. The graph is not changed yet.
struct Thought {
  Operator kind = Operator::kCompose;
  std::vector<concepts::ConceptId>
      operands;  ///< compose: first, second; merge: from, into; estimate: the four concentrations + 64
  double gain_bits = 0;
  std::size_t examined = 1;  ///< alternatives compared, this one included
  std::vector<concepts::Position> occurrences;
};

/// The best thought for a suggestion, whatever its gain; nothing if there is none. Bounded by the graph's options.
std::optional<Thought> examine(const concepts::Graph& graph, const Suggestion& suggestion);

/// The same thought weighed again on the graph as it is now.
std::optional<Thought> examine_again(const concepts::Graph& graph, const Thought& thought);

/// Does it. Returns the concept it made or changed; 0 for an estimate.
concepts::ConceptId apply(concepts::Graph& graph, Operator kind, const std::vector<concepts::ConceptId>& operands,
                          std::uint64_t thought);

/// Takes it back; `before` is what an estimate replaced.
void undo(concepts::Graph& graph, Operator kind, const std::vector<concepts::ConceptId>& operands,
          concepts::ConceptId result, const concepts::Concentrations& before);

/// Concentrations as journalled integers (each + 64, to be non-negative), and back.
std::vector<concepts::ConceptId> coded(const concepts::Concentrations& concentrations);
concepts::Concentrations decoded(const std::vector<concepts::ConceptId>& operands);

}  // namespace noema::reasoning
