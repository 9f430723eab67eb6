#pragma once
// The concept graph in other programs' formats.

#include <iosfwd>
#include <string>
#include <vector>

#include "concepts/graph.h"

namespace noema::app {

/// An edge between concepts; types: follows and part-of.
struct ExportedEdge {
  concepts::ConceptId from = 0, to = 0;
  std::string type;
  double weight = 0;  ///< follows: pointwise mutual information in bits; part-of: 1
  std::uint64_t count = 0;
};

/// The concepts to export: all of them, ascending.
std::vector<concepts::ConceptId> all_concepts(const concepts::Graph& graph);
/// Edges that lie between the given concepts (ascending ids).
std::vector<ExportedEdge> edges_between(const concepts::Graph& graph, const std::vector<concepts::ConceptId>& concepts);

/// One JSON object a line: {"node":{...}} then {"edge":{...}}.
void export_json(std::ostream& out, const concepts::Graph& graph, const std::vector<concepts::ConceptId>& concepts);
/// GraphML and Graphviz by Boost.Graph's writers.
void export_graphml(std::ostream& out, const concepts::Graph& graph, const std::vector<concepts::ConceptId>& concepts);
void export_dot(std::ostream& out, const concepts::Graph& graph, const std::vector<concepts::ConceptId>& concepts);

}  // namespace noema::app
