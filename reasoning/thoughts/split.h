#pragma once
// split: give a unit another sense, selected by the neighbours on one side.

#include <span>

#include "reasoning/thought.h"

namespace noema::reasoning::thoughts {

/// Operands: unit; side ("before" or "after"); neighbours: the units on that side that select the sense, ascending.
const ThoughtKind& split();
Operands split_of(concepts::ConceptId unit, concepts::Side side, std::span<const concepts::ConceptId> neighbours);

}  // namespace noema::reasoning::thoughts
