#pragma once
// merge: two names mean one thing. What was told of them decides it (concepts/facts/identity.h), never the company that
// they keep: things of one kind keep the same company.

#include "reasoning/thought.h"

namespace noema::reasoning::thoughts {

/// Operands: from, into (concepts; from is the younger).
const ThoughtKind& merge();
/// Of any two concepts.
Operands merge_of(concepts::ConceptId a, concepts::ConceptId b);

}  // namespace noema::reasoning::thoughts
