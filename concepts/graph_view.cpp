#include "concepts/graph_view.h"

#include "concepts/nodes/inside.h"

namespace noema::concepts {

const CountMap& GraphView::associates(ConceptId id) const {
  static const CountMap kNone;
  const auto found = associates_.find(id);
  return found == associates_.end() ? kNone : found->second;
}

std::uint64_t GraphView::bytes() const {
  std::uint64_t bytes = stream_.bytes() + nodes_.bytes();
  for (const auto& layer : layers_) bytes += layer->bytes();
  return bytes;
}

std::uint64_t held_bytes(const GraphView& graph) {
  std::uint64_t bytes = graph.stream().held_bytes() + graph.nodes().held_bytes();
  for (const auto& layer : graph.layers()) bytes += layer->held_bytes();
  return bytes;
}

std::string label_of(const GraphView& graph, ConceptId node) {
  return graph.nodes().label_of(node, [&](ConceptId id) { return graph.statistics().total(id); });
}

std::string label_inside(const GraphView& graph, ConceptId node) {
  return written_inside(graph.nodes(), node, [&](ConceptId id) { return graph.statistics().total(id); });
}

const CountMap& followers_of(const GraphView& graph, ConceptId node) {
  const Followers* followers = followers_in(graph.node(node));
  return followers ? followers->counts : graph.sequence().units().next(graph.nodes().unit_of(node));
}

std::uint64_t followed(const GraphView& graph, ConceptId node) {
  const Followers* followers = followers_in(graph.node(node));
  return followers ? followers->total : graph.sequence().units().total(graph.nodes().unit_of(node));
}

std::optional<ConceptId> stands_on(const Nodes& nodes, ConceptId id) {
  const Node& node = nodes[id];
  if (node.redirect != id) return node.redirect;
  if (!node.forms.empty()) return node.forms.back();
  if (node.category != 0) return node.category;
  const Category* category = node.as<Category>();
  if (category && category->members.size() > 2) return category->members.back();
  if (!node.wholes.empty()) return node.wholes.back();
  return std::nullopt;
}

}  // namespace noema::concepts
