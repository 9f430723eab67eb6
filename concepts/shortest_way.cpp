// Dijkstra's algorithm over the links of concepts, as Boost.Graph sees them.

#include <algorithm>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/property_map/property_map.hpp>
#include <cmath>
#include <limits>

#include "concepts/spreading.h"
#include "concepts/view_traits.h"

namespace noema::concepts {
namespace {

struct LinkEdge {
  ConceptId from = 0;
  ConceptId to = 0;
  double bits = 0;
  bool operator==(const LinkEdge&) const = default;
};

/// An incidence graph whose out-edges are worked out when they are asked for. The edges of one vertex are good until
/// those of the next are asked for, which is all that Dijkstra's algorithm needs.
struct LinksView {
  const GraphView* graph = nullptr;
  std::size_t most_links = 0;
  std::vector<LinkEdge>* edges = nullptr;
};

}  // namespace
}  // namespace noema::concepts

namespace boost {

template <>
struct graph_traits<noema::concepts::LinksView>
    : noema::concepts::ViewTraits<noema::concepts::LinkEdge, std::vector<noema::concepts::LinkEdge>::const_iterator> {};

}  // namespace boost

namespace noema::concepts {
namespace {

using LinkTraits = boost::graph_traits<LinksView>;

std::size_t num_vertices(const LinksView& view) { return view.graph->size(); }
std::pair<LinkTraits::vertex_iterator, LinkTraits::vertex_iterator> vertices(const LinksView& view) {
  return {LinkTraits::vertex_iterator(0), LinkTraits::vertex_iterator(static_cast<ConceptId>(view.graph->size()))};
}
ConceptId source(const LinkEdge& edge, const LinksView&) { return edge.from; }
ConceptId target(const LinkEdge& edge, const LinksView&) { return edge.to; }
std::size_t out_degree(ConceptId id, const LinksView& view) {
  return links_of(*view.graph, id, view.most_links).size();
}
std::pair<LinkTraits::out_edge_iterator, LinkTraits::out_edge_iterator> out_edges(ConceptId id, const LinksView& view) {
  view.edges->clear();
  for (const Link& link : links_of(*view.graph, id, view.most_links))
    view.edges->push_back({id, link.to, -std::log2(link.share)});
  return {view.edges->cbegin(), view.edges->cend()};
}

struct BitsOfEdge {
  using key_type = LinkEdge;
  using value_type = double;
  using reference = double;
  using category = boost::readable_property_map_tag;
};
double get(const BitsOfEdge&, const LinkEdge& edge) { return edge.bits; }

/// Ends the search at its end.
struct Arrived {};
struct EndVisitor : boost::default_dijkstra_visitor {
  ConceptId end = 0;
  void examine_vertex(ConceptId id, const LinksView&) const {
    if (id == end) throw Arrived{};
  }
};

WayStep step_between(const GraphView& graph, ConceptId from, ConceptId to, std::size_t most_links) {
  for (const Link& link : links_of(graph, from, most_links))
    if (link.to == to) return {to, link.role, -std::log2(link.share)};
  return {to, Role::kAfter, 0};
}

}  // namespace

std::vector<WayStep> shortest_way(const GraphView& graph, ConceptId from, ConceptId to, std::size_t links) {
  std::vector<ConceptId> before(graph.size());
  std::vector<double> bits(graph.size());
  std::vector<LinkEdge> edges;
  const LinksView view{&graph, links, &edges};
  const boost::typed_identity_property_map<ConceptId> index;
  EndVisitor visitor;
  visitor.end = to;
  bool is_reached = false;
  try {
    boost::dijkstra_shortest_paths(view, from,
                                   boost::predecessor_map(boost::make_iterator_property_map(before.begin(), index))
                                       .distance_map(boost::make_iterator_property_map(bits.begin(), index))
                                       .weight_map(BitsOfEdge())
                                       .vertex_index_map(index)
                                       .visitor(visitor));
  } catch (const Arrived&) {
    is_reached = true;
  }
  if (!is_reached) return {};
  std::vector<WayStep> way;
  for (ConceptId id = to; id != from; id = before[id]) way.push_back(step_between(graph, before[id], id, links));
  way.push_back({from, Role::kAfter, 0});
  std::reverse(way.begin(), way.end());
  return way;
}

}  // namespace noema::concepts
