#pragma once
// Nodes of the graph as rows of the life's checkpoint, and back.

#include <string_view>

#include "concepts/graph.h"
#include "memory/rows.h"
#include "reasoning/meaning.h"

namespace noema::reasoning {

/// Types of relations, as the rows have them: a member to its category, a sense to the unit that it was split off from,
/// a concept to one that keeps its company (with how often).
inline constexpr std::string_view kInstanceOf = "instance-of";
inline constexpr std::string_view kSenseOf = "sense-of";
inline constexpr std::string_view kAssociates = "associates";

/// The node that a row describes. Throws base::Error for a row that cannot be.
concepts::Node node_of(const memory::ConceptRow& row);

/// The row of a node, with its vector.
memory::ConceptRow row_of(const concepts::Graph& graph, const Meaning& meaning, concepts::ConceptId id);

}  // namespace noema::reasoning
