#pragma once
// Nodes of the graph as rows of the life's checkpoint, and back.

#include "concepts/graph.h"
#include "memory/rows.h"
#include "reasoning/meaning.h"

namespace noema::reasoning {

/// The node that a row describes. Throws base::Error for a row that cannot be.
concepts::Node node_of(const memory::ConceptRow& row);

/// The row of a node, with its vector.
memory::ConceptRow row_of(const concepts::Graph& graph, const Meaning& meaning, concepts::ConceptId id);

}  // namespace noema::reasoning
