#pragma once
// leave: a concept or category leaves its category and lies in none.

#include "reasoning/thought.h"

namespace noema::reasoning::thoughts {

/// Operands: member.
const ThoughtKind& leave();
Operands leave_of(concepts::ConceptId member);

}  // namespace noema::reasoning::thoughts
