#include "reasoning/undoing.h"

#include <algorithm>
#include <set>

#include "reasoning/journal.h"

namespace noema::reasoning {

bool stands_on(const concepts::Graph& graph, const Thought& later, const Thought& earlier) {
  const Footing above = later.kind->footing(graph, later), below = earlier.kind->footing(graph, earlier);
  const std::set<Facet> changed(below.changes.begin(), below.changes.end());
  const std::set<Facet> wanted(below.undo_relies_on.begin(), below.undo_relies_on.end());
  return std::any_of(above.changes.begin(), above.changes.end(),
                     [&](const Facet& facet) { return changed.contains(facet) || wanted.contains(facet); }) ||
         std::any_of(above.relies_on.begin(), above.relies_on.end(),
                     [&](const Facet& facet) { return changed.contains(facet); });
}

std::optional<memory::ThoughtId> standing_on(const memory::Life& life, const concepts::Graph& graph,
                                             const Thought& thought) {
  const auto id = static_cast<memory::ThoughtId>(thought.number);
  std::optional<memory::ThoughtId> first;
  const auto consider = [&](memory::ThoughtId later) {
    if (first && *first <= later) return;
    if (stands_on(graph, thought_of(*life.thoughts().find(later)), thought)) first = later;
  };
  // Concentrations, weights and inputs are no concepts: the next thought of the same kind stands on them.
  if (const auto next = life.thoughts().next_of_kind(thought.kind->name(), id)) consider(*next);
  for (const memory::ThoughtId later : life.thoughts().later_sharing(id)) {
    if (first && *first <= later) break;
    consider(later);
  }
  return first;
}

}  // namespace noema::reasoning
