#include "experiments/graph_layout.h"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/circle_layout.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/kamada_kawai_spring_layout.hpp>
#include <boost/graph/topology.hpp>
#include <optional>
#include <set>

namespace noema::experiments {
namespace {

using Point = boost::convex_topology<2>::point;
using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS, boost::no_property,
                                    boost::property<boost::edge_weight_t, double>>;

/// Springs need a connected graph, so each further component is hung on the first by one long spring between their
/// heaviest nodes.
void connect(Graph& graph, const std::vector<double>& weights) {
  static constexpr double kLongSpring = 2.5;
  std::vector<std::size_t> component(weights.size());
  const std::size_t components = boost::connected_components(graph, component.data());
  std::vector<std::optional<std::size_t>> hub(components);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    auto& best = hub[component[i]];
    if (!best || weights[i] > weights[*best]) best = i;
  }
  for (std::size_t c = 1; c < components; ++c) boost::add_edge(*hub[0], *hub[c], kLongSpring, graph);
}

/// Ends the layout when the strongest pull on a node is weak, or its steps are spent. Boost's own rule ends it as soon
/// as one step in a row helps little, long before the nodes have left the circle.
struct Settled {
  std::size_t steps_left;

  bool operator()(double pull, Graph::vertex_descriptor, const Graph&, bool whole_graph) {
    if (!whole_graph) return ++moves_of_one > 20 || pull < 1e-3;
    moves_of_one = 0;
    return steps_left-- == 0 || pull < 1e-3;
  }

  std::size_t moves_of_one = 0;
};

}  // namespace

/// Kamada & Kawai 1989 from a circle: no randomness.
std::vector<LayoutPoint> lay_out_graph(const std::vector<double>& weights,
                                       const std::vector<std::pair<std::size_t, std::size_t>>& edges) {
  Graph graph(weights.size());
  std::set<std::pair<std::size_t, std::size_t>> joined;
  for (const auto& [from, to] : edges) {
    if (joined.insert(std::minmax(from, to)).second) boost::add_edge(from, to, 1.0, graph);
  }
  connect(graph, weights);
  std::vector<Point> points(weights.size());
  const auto position = boost::make_iterator_property_map(points.begin(), boost::get(boost::vertex_index, graph));
  boost::circle_graph_layout(graph, position, 100.0);
  if (weights.size() > 2) {
    boost::kamada_kawai_spring_layout(graph, position, boost::get(boost::edge_weight, graph),
                                      boost::square_topology<>(200.0), boost::side_length<double>(200.0),
                                      Settled{100 * weights.size()});
  }
  std::vector<LayoutPoint> result;
  for (const Point& point : points) result.push_back({point[0], point[1]});
  return result;
}

}  // namespace noema::experiments
