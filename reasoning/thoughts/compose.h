#pragma once
// compose: make one node of two that recur in order.

#include "reasoning/thought.h"

namespace noema::reasoning::thoughts {

/// Operands: first, second (nodes).
const ThoughtKind& compose();
Operands compose_of(concepts::ConceptId first, concepts::ConceptId second);

}  // namespace noema::reasoning::thoughts
