#pragma once
// L of a graph, and what each thought would gain: how many bits shorter L would be. Nothing here changes the graph.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "concepts/graph_view.h"

namespace noema::concepts {

/// L of the whole life in bits. O(nodes + distinct counts): for reports and tests, never inside a thought.
double description_bits(const GraphView& graph);
/// Its two parts: what the graph costs, and what the mentions cost given the graph.
double graph_bits(const GraphView& graph);
double mentions_bits(const GraphView& graph);
/// By how much L(mentions | graph) would grow. Cost in what the change touches.
double growth_bits(const GraphView& graph, const GraphChange& change);

/// What a thought would do.
struct Proposal {
  double gain_bits = 0;               ///< by how much L would shrink
  std::vector<Position> occurrences;  ///< mentions that would change, ascending
};

// Each says what a thought would gain, or nothing when it makes no sense (parts unknown, there already, too long, too
// common). A split is weighed for a sense of the unit's mentions that have one of `neighbours` (units, ascending; the
// boundary counts) on that side.
std::optional<Proposal> propose_composite(const GraphView& graph, ConceptId first, ConceptId second);
/// A schema: one of the two is a category, the slot, which its members that are units may fill.
std::optional<Proposal> propose_schema(const GraphView& graph, ConceptId first, ConceptId second);
std::optional<Proposal> propose_redirect(const GraphView& graph, ConceptId from, ConceptId into);
std::optional<Proposal> propose_split(const GraphView& graph, ConceptId unit, Side side,
                                      std::span<const ConceptId> neighbours);
/// A new category of two concepts or categories that lie in none.
std::optional<Proposal> propose_category(const GraphView& graph, ConceptId a, ConceptId b);
/// New categories, one for each part, below the category in which all their members lie, or (0) of concepts that lie
/// in none.
std::optional<Proposal> propose_division(const GraphView& graph, ConceptId category,
                                         std::span<const std::vector<ConceptId>> parts);
/// Another category, or (0) none, for a concept or category.
std::optional<Proposal> propose_membership(const GraphView& graph, ConceptId id, ConceptId category);
/// Dissolving a composite, schema or sense on which nothing stands, or a category of few members; not what is
/// protected.
std::optional<Proposal> propose_dissolution(const GraphView& graph, ConceptId node);
/// What other concentrations of the sequence layer would gain, in bits.
double concentrations_gain(const GraphView& graph, const Concentrations& other);

/// The units that may fill the slot of a schema of these two: those for which no composite stands there already.
std::vector<ConceptId> fillers_for(const Nodes& nodes, ConceptId first, ConceptId second);
/// A schema of these two, one of which is a category.
Schema schema_of(const Nodes& nodes, ConceptId first, ConceptId second, std::vector<ConceptId> fillers);

}  // namespace noema::concepts
