#pragma once
// What Boost.Graph asks of the views through which its algorithms walk the graph: all of them are directed, have the
// node ids as vertices, and know the edges that leave one.

#include <boost/graph/graph_traits.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <cstddef>
#include <limits>

#include "concepts/graph_view.h"

namespace noema::concepts {

/// Base of a view's boost::graph_traits.
template <typename Edge, typename OutEdgeIterator>
struct ViewTraits {
  using vertex_descriptor = ConceptId;
  using edge_descriptor = Edge;
  using directed_category = boost::directed_tag;
  using edge_parallel_category = boost::disallow_parallel_edge_tag;
  struct traversal_category : boost::incidence_graph_tag, boost::vertex_list_graph_tag {};
  using vertices_size_type = std::size_t;
  using edges_size_type = std::size_t;
  using degree_size_type = std::size_t;
  using vertex_iterator = boost::counting_iterator<vertex_descriptor>;
  using out_edge_iterator = OutEdgeIterator;
  static vertex_descriptor null_vertex() { return std::numeric_limits<vertex_descriptor>::max(); }
};

}  // namespace noema::concepts
