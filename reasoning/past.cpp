#include "reasoning/past.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "base/error.h"
#include "reasoning/taught.h"

namespace noema::reasoning {

using concepts::ConceptId;
using concepts::Graph;

concepts::Past past_of(const memory::Life& life) {
  auto segmenter = std::make_shared<base::Segmenter>();
  return [&life, segmenter](std::uint32_t episode) {
    const auto row = life.episodes().find(static_cast<memory::EpisodeId>(episode) + 1);
    if (!row) throw base::Error(fmt::format("episode {} is missing in the life; run `noema check`", episode + 1));
    const base::IdentityRule rule = life.episodes().rule_at(row->position);
    std::vector<concepts::PastUnit> units;
    for (const base::Unit& unit : segmenter->split(row->text)) {
      if (unit.line_end) continue;
      const std::string surface = base::surface_of(row->text, unit);
      const ConceptId node = units.size() < row->attachments.size()
                                 ? static_cast<ConceptId>(row->attachments[units.size()])
                                 : concepts::kBoundary;
      units.push_back({base::identity_of(surface, rule), surface, node});
    }
    return units;
  };
}

std::vector<ConceptId> perceive_text(Graph& graph, base::Segmenter& segmenter, const std::string& text,
                                     base::IdentityRule rule) {
  std::vector<ConceptId> units;
  for (const base::Unit& unit : segmenter.split(text)) {
    if (unit.line_end) continue;
    const std::string surface = base::surface_of(text, unit);
    units.push_back(graph.perceive_unit(base::identity_of(surface, rule), surface));
  }
  return units;
}

std::vector<ConceptId> attachments_of(const memory::EpisodeRow& row) {
  return {row.attachments.begin(), row.attachments.end()};
}

void protect(Graph& graph, const memory::Life& life, const memory::EpisodeRow& row,
             const std::vector<ConceptId>& units) {
  constexpr std::int64_t kShare = 16, kBytesEach = 2048;
  const memory::LifeOrigin origin = life.origin();
  std::size_t most = static_cast<std::size_t>(-1);
  if (origin.max_concepts > 0) most = static_cast<std::size_t>(origin.max_concepts / kShare);
  if (origin.max_bytes > 0) most = std::min(most, static_cast<std::size_t>(origin.max_bytes / kShare / kBytesEach));
  const auto stays = [&](ConceptId id) {
    if (graph.nodes().protected_nodes() < most) graph.protect(id);
  };
  if (is_question(row)) std::for_each(units.begin(), units.end(), stays);
  if (!row.label) return;
  if (const auto label = graph.find(base::identity_of(*row.label, life.episodes().rule_at(row.position))))
    stays(*label);
}

}  // namespace noema::reasoning
