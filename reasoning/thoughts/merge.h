#pragma once
// merge: make two concepts one.

#include "reasoning/thought.h"

namespace noema::reasoning::thoughts {

/// Operands: from, into (concepts; from is the younger).
const ThoughtKind& merge();
/// Of any two concepts.
Operands merge_of(concepts::ConceptId a, concepts::ConceptId b);

}  // namespace noema::reasoning::thoughts
