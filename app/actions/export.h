#pragma once
// The concept graph in other programs' formats.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "concepts/graph.h"

namespace noema::app {

/// An edge between concepts; its type is follows, part-of, instance-of or associates.
struct ExportedEdge {
  concepts::ConceptId from = 0, to = 0;
  std::string type;
  double weight = 0;  ///< of follows: pointwise mutual information in bits; of the others 1
  std::uint64_t count = 0;
};

/// Edges that lie between the given concepts (ascending ids).
std::vector<ExportedEdge> edges_between(const concepts::Graph& graph, const std::vector<concepts::ConceptId>& concepts);

/// Takes the text of an export, piece by piece.
using Sink = std::function<void(std::string_view)>;

/// One JSON object a line: {"node":{...}} then {"edge":{...}}.
void export_json(const Sink& sink, const concepts::Graph& graph, const std::vector<concepts::ConceptId>& concepts);
/// GraphML, for Gephi, yEd, NetworkX and others; and the DOT language of Graphviz.
void export_graphml(const Sink& sink, const concepts::Graph& graph, const std::vector<concepts::ConceptId>& concepts);
void export_dot(const Sink& sink, const concepts::Graph& graph, const std::vector<concepts::ConceptId>& concepts);

/// In the format json, graphml or dot. Throws base::UsageError for another.
void export_graph(const Sink& sink, const concepts::Graph& graph, const std::vector<concepts::ConceptId>& concepts,
                  const std::string& format);

/// The concepts within `depth` steps of the named one, ascending. Throws UnknownName.
std::vector<concepts::ConceptId> concepts_around(const concepts::Graph& graph, const std::string& name, int depth);

}  // namespace noema::app
