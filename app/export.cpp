#include "app/export.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/concept_names.h"
#include "app/escape.h"

namespace noema::app {

using concepts::ConceptId;
using concepts::Graph;

std::vector<ConceptId> all_concepts(const Graph& graph) {
  std::vector<ConceptId> all;
  for (ConceptId id = 1; id < graph.size(); ++id)
    if (graph.node(id).active && graph.node(id).redirect == id) all.push_back(id);
  return all;
}

std::vector<ExportedEdge> edges_between(const Graph& graph, const std::vector<ConceptId>& concepts) {
  const auto inside = [&](ConceptId id) { return std::binary_search(concepts.begin(), concepts.end(), id); };
  const auto& statistics = graph.statistics();
  std::vector<ExportedEdge> edges;
  for (const ConceptId id : concepts) {
    for (const auto& [to, count] : statistics.next(id).sorted()) {
      if (!inside(to) || graph.node(id).kind == concepts::Kind::kCategory) continue;
      const double expected = static_cast<double>(statistics.total(id)) * static_cast<double>(statistics.total(to)) /
                              static_cast<double>(statistics.mentions());
      edges.push_back({id, to, "follows", std::log2(count / expected), count});
    }
    if (const ConceptId category = graph.category_of(id); category != 0 && inside(category))
      edges.push_back({id, category, "instance-of", 1, statistics.total(id)});
    for (const auto& [other, times] : graph.associates(id).sorted())
      if (id < other && inside(other)) edges.push_back({id, other, "associates", 1, times});
    for (const ConceptId form : graph.forms_of(id)) {
      const concepts::Node& node = graph.node(form);
      if (node.kind != concepts::Kind::kComposite && node.kind != concepts::Kind::kSchema) continue;
      for (const ConceptId part : {graph.concept_of(node.first), graph.concept_of(node.second)})
        if (inside(part)) edges.push_back({part, id, "part-of", 1, node.mentions});
    }
  }
  return edges;
}

void export_json(const Sink& sink, const Graph& graph, const std::vector<ConceptId>& concepts) {
  using nlohmann::ordered_json;
  const auto line = [&](const ordered_json& object) {
    sink(object.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + '\n');
  };
  for (const ConceptId id : concepts) line({{"node", concept_json(graph, id)}});
  for (const ExportedEdge& edge : edges_between(graph, concepts))
    line({{"edge",
           {{"from", edge.from},
            {"to", edge.to},
            {"type", edge.type},
            {"weight", edge.weight},
            {"count", edge.count},
            {"from_time", nullptr},
            {"until_time", nullptr}}}});
}

void export_graphml(const Sink& sink, const Graph& graph, const std::vector<ConceptId>& concepts) {
  sink(R"(<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="label" for="node" attr.name="label" attr.type="string"/>
  <key id="kind" for="node" attr.name="kind" attr.type="string"/>
  <key id="mentions" for="node" attr.name="mentions" attr.type="long"/>
  <key id="type" for="edge" attr.name="type" attr.type="string"/>
  <key id="weight" for="edge" attr.name="weight" attr.type="double"/>
  <key id="count" for="edge" attr.name="count" attr.type="long"/>
  <graph id="G" edgedefault="directed">
)");
  for (const ConceptId id : concepts) {
    const auto node = concept_json(graph, id);
    sink(
        fmt::format("    <node id=\"n{}\"><data key=\"label\">{}</data><data key=\"kind\">{}</data><data "
                    "key=\"mentions\">{}</data></node>\n",
                    id, xml_text(node["label"].get<std::string>()), xml_text(node["kind"].get<std::string>()),
                    node["count"].get<std::uint64_t>()));
  }
  for (const ExportedEdge& edge : edges_between(graph, concepts))
    sink(fmt::format(
        "    <edge source=\"n{}\" target=\"n{}\"><data key=\"type\">{}</data><data key=\"weight\">{}</data><data "
        "key=\"count\">{}</data></edge>\n",
        edge.from, edge.to, xml_text(edge.type), edge.weight, edge.count));
  sink("  </graph>\n</graphml>\n");
}

void export_dot(const Sink& sink, const Graph& graph, const std::vector<ConceptId>& concepts) {
  sink("digraph G {\n");
  for (const ConceptId id : concepts) sink(fmt::format("  n{} [label={}];\n", id, dot_text(graph.label_of(id))));
  for (const ExportedEdge& edge : edges_between(graph, concepts))
    sink(fmt::format("  n{} -> n{} [label={}];\n", edge.from, edge.to, dot_text(edge.type)));
  sink("}\n");
}

}  // namespace noema::app
