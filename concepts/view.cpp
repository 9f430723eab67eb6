#include "concepts/view.h"

#include <algorithm>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/page_rank.hpp>
#include <boost/iterator/transform_iterator.hpp>
#include <boost/property_map/property_map.hpp>
#include <map>

#include "concepts/view_traits.h"

namespace noema::concepts {
namespace {

/// An incidence graph over "follows": vertices are all node ids, out-edges the cells of a concept's row.
/// A concept with more successors than `max_fan` shows none of them: hubs lead everywhere and so nowhere.
struct FollowsView {
  const GraphView* graph = nullptr;
  std::size_t max_fan = static_cast<std::size_t>(-1);
};

struct FollowsEdge {
  ConceptId from = 0;
  ConceptId to = 0;
  bool operator==(const FollowsEdge&) const = default;
};

struct MakeEdge {
  ConceptId from = 0;
  FollowsEdge operator()(ConceptId to) const { return {from, to}; }
};

}  // namespace
}  // namespace noema::concepts

namespace boost {

template <>
struct graph_traits<noema::concepts::FollowsView>
    : noema::concepts::ViewTraits<noema::concepts::FollowsEdge,
                                  transform_iterator<noema::concepts::MakeEdge, noema::concepts::CountMap::KeyIterator,
                                                     noema::concepts::FollowsEdge, noema::concepts::FollowsEdge>> {
  using adjacency_iterator = noema::concepts::CountMap::KeyIterator;
};

}  // namespace boost

namespace noema::concepts {
namespace {

using Traits = boost::graph_traits<FollowsView>;

std::pair<Traits::vertex_iterator, Traits::vertex_iterator> vertices(const FollowsView& view) {
  return {Traits::vertex_iterator(0), Traits::vertex_iterator(static_cast<ConceptId>(view.graph->size()))};
}
ConceptId source(const FollowsEdge& edge, const FollowsView&) { return edge.from; }
ConceptId target(const FollowsEdge& edge, const FollowsView&) { return edge.to; }
std::size_t out_degree(ConceptId id, const FollowsView& view) {
  if (view.graph->node(id).is<Category>()) return 0;  // its row holds categories, not what followed
  const std::size_t fan = view.graph->statistics().next(id).size();
  return fan > view.max_fan ? 0 : fan;
}
std::pair<Traits::out_edge_iterator, Traits::out_edge_iterator> out_edges(ConceptId id, const FollowsView& view) {
  const CountMap& row = view.graph->statistics().next(id);
  const auto first = out_degree(id, view) == 0 ? row.end() : row.begin();
  return {Traits::out_edge_iterator(first, MakeEdge{id}), Traits::out_edge_iterator(row.end(), MakeEdge{id})};
}

/// Ends the search once enough is found.
struct Enough {};

struct NeighbourhoodVisitor : boost::default_bfs_visitor {
  std::map<ConceptId, int>* depths = nullptr;
  std::vector<ConceptId>* found = nullptr;
  int depth = 0;
  std::size_t most = 0;

  void discover_vertex(ConceptId id, const FollowsView&) const {
    if (id != kBoundary) found->push_back(id);
    if (found->size() >= most) throw Enough{};
  }
  /// Breadth first visits in order of depth, so the search may end at the first concept that lies too deep.
  void examine_vertex(ConceptId id, const FollowsView&) const {
    if ((*depths)[id] >= depth) throw Enough{};
  }
  void tree_edge(const FollowsEdge& edge, const FollowsView&) const { (*depths)[edge.to] = (*depths)[edge.from] + 1; }
};

/// Colours kept sparsely; the boundary is black from the start, as it leads to every episode.
struct BoundedColours {
  using key_type = ConceptId;
  using value_type = boost::default_color_type;
  using reference = boost::default_color_type;
  using category = boost::read_write_property_map_tag;

  std::map<ConceptId, boost::default_color_type>* colours = nullptr;
};

boost::default_color_type get(const BoundedColours& map, ConceptId id) {
  if (id == kBoundary) return boost::black_color;
  const auto found = map.colours->find(id);
  return found == map.colours->end() ? boost::white_color : found->second;
}
void put(const BoundedColours& map, ConceptId id, boost::default_color_type colour) { (*map.colours)[id] = colour; }

std::pair<Traits::adjacency_iterator, Traits::adjacency_iterator> adjacent_vertices(ConceptId id,
                                                                                    const FollowsView& view) {
  const CountMap& row = view.graph->statistics().next(id);
  return {out_degree(id, view) == 0 ? row.end() : row.begin(), row.end()};
}

}  // namespace

std::vector<ConceptId> neighbourhood(const GraphView& graph, ConceptId start, int depth, std::size_t most,
                                     std::size_t max_fan) {
  std::map<ConceptId, int> depths{{start, 0}};
  std::map<ConceptId, boost::default_color_type> colours;
  std::vector<ConceptId> found;
  NeighbourhoodVisitor visitor;
  visitor.depths = &depths;
  visitor.found = &found;
  visitor.depth = depth;
  visitor.most = most;
  const FollowsView view{&graph, max_fan};
  boost::queue<ConceptId> queue;
  try {
    boost::breadth_first_visit(view, start, queue, visitor, BoundedColours{&colours});
  } catch (const Enough&) {
  }
  return found;
}

std::vector<Scored> most_central(const GraphView& graph, std::size_t most, int iterations) {
  const FollowsView view{&graph};
  std::vector<double> rank(graph.size()), scratch(graph.size());
  boost::graph::page_rank(
      view, boost::make_iterator_property_map(rank.begin(), boost::typed_identity_property_map<ConceptId>()),
      boost::graph::n_iterations(static_cast<std::size_t>(iterations)), 0.85, static_cast<double>(graph.size()),
      boost::make_iterator_property_map(scratch.begin(), boost::typed_identity_property_map<ConceptId>()));
  std::vector<Scored> scored;
  for (ConceptId id = 1; id < graph.size(); ++id)
    if (graph.node(id).active && graph.node(id).redirect == id) scored.push_back({id, rank[id]});
  std::sort(scored.begin(), scored.end(),
            [](const Scored& a, const Scored& b) { return a.score != b.score ? a.score > b.score : a.id < b.id; });
  if (scored.size() > most) scored.resize(most);
  return scored;
}

}  // namespace noema::concepts
