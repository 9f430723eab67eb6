#pragma once
// A picture of part of a concept graph: inline SVG, laid out by Boost.Graph.

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

namespace noema::experiments {

struct PictureOptions {
  std::size_t most_nodes = 46;
  std::size_t most_edges = 110;
  double width = 1040;  ///< of the drawing, in CSS pixels
  double height = 640;
};

/// portrait: {"nodes":[{"id","label","labels"?,"kind","count"}],"edges":[{"from","to","type","weight"}]}. Shows what
/// thinking made (nodes with part-of and instance-of edges) first, then what is met most; each kind of edge in its own
/// stroke, with a legend.
/// "" if there is no node. The same portrait gives the same bytes. O(n^2) in the nodes shown.
std::string graph_picture(const nlohmann::json& portrait, const PictureOptions& options = {});

}  // namespace noema::experiments
