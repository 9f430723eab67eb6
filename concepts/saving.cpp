#include "concepts/saving.h"

#include <vector>

namespace noema::concepts {
namespace {

/// Its members go up to where it lies.
std::optional<double> saved_by_category(const GraphView& graph, ConceptId id) {
  const Nodes& nodes = graph.nodes();
  const Node& node = nodes[id];
  GraphChange change;
  std::size_t cells = 0;
  for (const ConceptId member : node.as<Category>()->members) {
    if (nodes[member].redirect != member || !nodes[member].active) return std::nullopt;
    cells += graph.statistics().next(member).size() + graph.statistics().previous(member).size();
    if (cells > std::size_t{64} * graph.options().max_cells) return std::nullopt;
    change.categories.emplace_back(member, node.category);
  }
  const auto members = static_cast<std::int64_t>(change.categories.size());
  const std::int64_t memberships = node.category == 0 ? -members : -1;
  return growth_bits(graph, change) - nodes.bits(id) - graph.categories().gain(memberships, -1);
}

}  // namespace

std::optional<double> saved_bits(const GraphView& graph, ConceptId id, std::size_t most_episodes) {
  const Nodes& nodes = graph.nodes();
  const Node& node = nodes[id];
  if (!node.active || node.made_by == 0 || node.redirect != id) return std::nullopt;
  if (node.is<Category>()) return saved_by_category(graph, id);
  const std::vector<Position> mentions = mentions_of(graph.ground(), {&id, 1});
  const std::vector<std::uint32_t> episodes = episodes_of(graph.stream(), mentions);
  if (episodes.size() > most_episodes) return std::nullopt;
  const double membership = node.category != 0 ? graph.categories().gain(-1, 0) : 0;
  return growth_bits(graph, dividing_anew(graph.ground(), episodes, id)) - nodes.bits(id) - membership;
}

}  // namespace noema::concepts
