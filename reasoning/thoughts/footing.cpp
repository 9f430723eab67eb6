#include "reasoning/thoughts/footing.h"

namespace noema::reasoning::thoughts {

using concepts::ConceptId;
using concepts::Graph;

Facet wording_of(const std::vector<ConceptId>& units) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const ConceptId unit : units) hash = (hash ^ unit) * 0x100000001b3ULL + (hash >> 31);
  return {Facet::Of::kWording, hash};
}

std::vector<ConceptId> joined_units(const Graph& graph, ConceptId first, ConceptId second) {
  std::vector<ConceptId> units = graph.nodes().units_of(first);
  const std::vector<ConceptId> tail = graph.nodes().units_of(second);
  units.insert(units.end(), tail.begin(), tail.end());
  return units;
}

std::vector<Facet> wordings_of(const Graph& graph, ConceptId first, ConceptId second,
                               const std::vector<ConceptId>& fillers) {
  if (fillers.empty()) return {wording_of(joined_units(graph, first, second))};
  const bool slot_first = graph.node(first).is<concepts::Category>();
  std::vector<Facet> wordings;
  for (const ConceptId filler : fillers)
    wordings.push_back(
        wording_of(slot_first ? joined_units(graph, filler, second) : joined_units(graph, first, filler)));
  return wordings;
}

bool is_active(const Graph& graph, ConceptId id) { return graph.still_has(id) && graph.node(id).active; }

namespace {
constexpr int kDraws = 64;
}

std::optional<ConceptId> draw_node(const Graph& graph, base::Rng& rng) {
  for (int i = 0; i < kDraws; ++i) {
    const auto id = static_cast<ConceptId>(rng.below(graph.size()));
    if (id != concepts::kBoundary && is_active(graph, id)) return id;
  }
  return std::nullopt;
}

std::optional<ConceptId> draw_category(const Graph& graph, base::Rng& rng) {
  for (int i = 0; i < kDraws; ++i)
    if (const auto id = draw_node(graph, rng); id && graph.node(*id).is<concepts::Category>()) return id;
  return std::nullopt;
}

}  // namespace noema::reasoning::thoughts
