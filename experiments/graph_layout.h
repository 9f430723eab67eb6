#pragma once
// Where the nodes of a small graph are drawn. Boost.Graph stays behind graph_layout.cpp.

#include <cstddef>
#include <utility>
#include <vector>

namespace noema::experiments {

struct LayoutPoint {
  double x = 0;
  double y = 0;
};

/// `weights`: one a node; the heaviest of each component is what holds the component in place. Edges are pairs of node
/// numbers, without loops. Coordinates in no particular unit. The same input gives the same points. O(n^2 log n + steps
/// n).
std::vector<LayoutPoint> lay_out_graph(const std::vector<double>& weights,
                                       const std::vector<std::pair<std::size_t, std::size_t>>& edges);

}  // namespace noema::experiments
