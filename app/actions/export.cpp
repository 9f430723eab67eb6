#include "app/actions/export.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/actions/concept_value.h"
#include "app/actions/escape.h"
#include "app/actions/names.h"
#include "base/error.h"
#include "concepts/view.h"

namespace noema::app {

using concepts::ConceptId;
using concepts::Graph;

std::vector<ExportedEdge> edges_between(const Graph& graph, const std::vector<ConceptId>& concepts) {
  const auto inside = [&](ConceptId id) { return std::binary_search(concepts.begin(), concepts.end(), id); };
  const auto& statistics = graph.statistics();
  std::vector<ExportedEdge> edges;
  for (const ConceptId id : concepts) {
    for (const auto& [to, count] : statistics.next(id).sorted()) {
      if (!inside(to) || is_category(graph, id)) continue;
      const double expected = static_cast<double>(statistics.total(id)) * static_cast<double>(statistics.total(to)) /
                              static_cast<double>(statistics.mentions());
      edges.push_back({id, to, "follows", std::log2(count / expected), count});
    }
    if (const ConceptId category = category_of(graph.nodes(), id); category != 0 && inside(category))
      edges.push_back({id, category, "instance-of", 1, statistics.total(id)});
    for (const auto& [other, times] : graph.associates(id).sorted())
      if (id < other && inside(other)) edges.push_back({id, other, "associates", 1, times});
    for (const ConceptId form : graph.forms_of(id)) {
      for (const ConceptId node : parts_of(graph, form))
        if (const ConceptId part = graph.concept_of(node); inside(part))
          edges.push_back({part, id, "part-of", 1, mentions_of(graph, form)});
    }
  }
  return edges;
}

void export_json(const Sink& sink, const Graph& graph, const std::vector<ConceptId>& concepts) {
  using nlohmann::ordered_json;
  const auto line = [&](const ordered_json& object) {
    sink(object.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + '\n');
  };
  for (const ConceptId id : concepts) {
    ordered_json node = to_json(concept_value(graph, id));
    ordered_json row = node;  // flat as well, for programs that take one node a line
    row["node"] = std::move(node);
    line(row);
  }
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
    const ConceptValue value = concept_value(graph, id);
    sink(
        fmt::format("    <node id=\"n{}\"><data key=\"label\">{}</data><data key=\"kind\">{}</data><data "
                    "key=\"mentions\">{}</data></node>\n",
                    id, xml_text(value.label), xml_text(value.kind), value.count));
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
  for (const ConceptId id : concepts) sink(fmt::format("  n{} [label={}];\n", id, dot_text(label_of(graph, id))));
  for (const ExportedEdge& edge : edges_between(graph, concepts))
    sink(fmt::format("  n{} -> n{} [label={}];\n", edge.from, edge.to, dot_text(edge.type)));
  sink("}\n");
}

std::vector<ConceptId> concepts_around(const Graph& graph, const std::string& name, int depth) {
  constexpr std::size_t kMost = 2000;
  auto chosen = concepts::neighbourhood(graph, graph.concept_of(node_named(graph, name)), depth, kMost);
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

void export_graph(const Sink& sink, const Graph& graph, const std::vector<ConceptId>& concepts,
                  const std::string& format) {
  if (format == "json") return export_json(sink, graph, concepts);
  if (format == "graphml") return export_graphml(sink, graph, concepts);
  if (format == "dot") return export_dot(sink, graph, concepts);
  throw base::UsageError(fmt::format("--format {}: unknown; expected json, graphml or dot", format));
}

}  // namespace noema::app
