#include "app/export.h"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/graphml.hpp>
#include <boost/graph/graphviz.hpp>
#include <cmath>
#include <ostream>

#include "app/concept_names.h"

namespace noema::app {

using concepts::ConceptId;
using concepts::Graph;

namespace {

struct VertexProperties {
  std::string label, kind;
  double count = 0;
};
struct EdgeProperties {
  std::string type;
  double weight = 0, count = 0;
};
using BoostGraph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, VertexProperties, EdgeProperties>;

BoostGraph boost_graph(const Graph& graph, const std::vector<ConceptId>& concepts) {
  BoostGraph result(concepts.size());
  for (std::size_t i = 0; i < concepts.size(); ++i) {
    const auto node = concept_json(graph, concepts[i]);
    result[i] = {node["label"], node["kind"], node["count"].get<double>()};
  }
  const auto vertex = [&](ConceptId id) {
    return static_cast<std::size_t>(std::lower_bound(concepts.begin(), concepts.end(), id) - concepts.begin());
  };
  for (const ExportedEdge& edge : edges_between(graph, concepts))
    boost::add_edge(vertex(edge.from), vertex(edge.to),
                    EdgeProperties{edge.type, edge.weight, static_cast<double>(edge.count)}, result);
  return result;
}

boost::dynamic_properties properties_of(BoostGraph& graph) {
  boost::dynamic_properties properties;
  properties.property("label", boost::get(&VertexProperties::label, graph));
  properties.property("kind", boost::get(&VertexProperties::kind, graph));
  properties.property("mentions", boost::get(&VertexProperties::count, graph));
  properties.property("type", boost::get(&EdgeProperties::type, graph));
  properties.property("weight", boost::get(&EdgeProperties::weight, graph));
  properties.property("count", boost::get(&EdgeProperties::count, graph));
  return properties;
}

}  // namespace

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
      if (!inside(to) || graph.node(id).is<concepts::Category>()) continue;
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
      for (const ConceptId own : concepts::parts_of(node)) {
        const ConceptId part = graph.concept_of(own);
        if (inside(part)) edges.push_back({part, id, "part-of", 1, node.mentions});
      }
    }
  }
  return edges;
}

void export_json(std::ostream& out, const Graph& graph, const std::vector<ConceptId>& concepts) {
  using nlohmann::ordered_json;
  const auto line = [&](const ordered_json& object) {
    out << object.dump(-1, ' ', false, ordered_json::error_handler_t::replace) << '\n';
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

void export_graphml(std::ostream& out, const Graph& graph, const std::vector<ConceptId>& concepts) {
  BoostGraph result = boost_graph(graph, concepts);
  boost::write_graphml(out, result, properties_of(result));
}

void export_dot(std::ostream& out, const Graph& graph, const std::vector<ConceptId>& concepts) {
  const BoostGraph result = boost_graph(graph, concepts);
  boost::write_graphviz(out, result, boost::make_label_writer(boost::get(&VertexProperties::label, result)),
                        boost::make_label_writer(boost::get(&EdgeProperties::type, result)));
}

}  // namespace noema::app
