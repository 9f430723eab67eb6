#pragma once
// join: a concept or category moves into a category, or two found a new one.

#include "reasoning/thought.h"

namespace noema::reasoning::thoughts {

/// Operands: member and category: the member moves there; or founders, a list of two: they found a new category.
const ThoughtKind& join();
Operands join_of(concepts::ConceptId member, concepts::ConceptId category);
Operands found_of(concepts::ConceptId a, concepts::ConceptId b);

}  // namespace noema::reasoning::thoughts
