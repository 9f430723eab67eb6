#pragma once
// Exporting the concept graph in the formats of other programs.

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
  double weight = 0;  ///< of follows: pointwise mutual information in bits; of other types: 1
  std::uint64_t count = 0;
};

/// The edges between the given concepts, whose ids are ascending.
std::vector<ExportedEdge> edges_between(const concepts::Graph& graph, const std::vector<concepts::ConceptId>& concepts);

/// Receives the text of an export, piece by piece.
using Sink = std::function<void(std::string_view)>;

/// One JSON object per line: first nodes, {"id","kind","label",...,"node":{the same}}, then {"edge":{...}}.
void export_json(const Sink& sink, const concepts::Graph& graph, const std::vector<concepts::ConceptId>& concepts);
/// GraphML, for Gephi, yEd, NetworkX and others; and the DOT language of Graphviz.
void export_graphml(const Sink& sink, const concepts::Graph& graph, const std::vector<concepts::ConceptId>& concepts);
void export_dot(const Sink& sink, const concepts::Graph& graph, const std::vector<concepts::ConceptId>& concepts);

/// Exports in the format json, graphml or dot. Throws base::UsageError for another format.
void export_graph(const Sink& sink, const concepts::Graph& graph, const std::vector<concepts::ConceptId>& concepts,
                  const std::string& format);

/// The concepts within `depth` steps of the named one, ascending. Throws UnknownName.
std::vector<concepts::ConceptId> concepts_around(const concepts::Graph& graph, const std::string& name, int depth);

}  // namespace noema::app
