#pragma once
// Taking thoughts back: what stands on a thought. A thought is taken back only while no later thought stands on it; the
// graph is then as if it had never been thought.

#include <optional>

#include "concepts/graph.h"
#include "memory/life.h"
#include "reasoning/thought.h"

namespace noema::reasoning {

/// True if `later` cannot stand without what `earlier` did: it changes or relies on something that `earlier` changed,
/// or it changed something that undoing `earlier` relies on.
bool stands_on(const concepts::Graph& graph, const Thought& later, const Thought& earlier);

/// The first later thought of the life that stands on this one, or nothing. Cost in the thoughts that share a concept
/// with it.
std::optional<memory::ThoughtId> standing_on(const memory::Life& life, const concepts::Graph& graph,
                                             const Thought& thought);

}  // namespace noema::reasoning
