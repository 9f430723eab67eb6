#pragma once
// divide: what lies together is divided into the kinds that it is of, each a new category.

#include "reasoning/thought.h"

namespace noema::reasoning::thoughts {

/// As the subject of a suggestion: the uncategorised concepts, and the topmost categories.
inline constexpr concepts::ConceptId kUncategorised = 0;
inline constexpr concepts::ConceptId kTopmostCategories = 0xFFFFFFFD;

/// Operands: category (0: none, the members lie in no category), parts: a list of lists of members.
const ThoughtKind& divide();
Operands division_of(concepts::ConceptId category, const std::vector<std::vector<concepts::ConceptId>>& parts);

}  // namespace noema::reasoning::thoughts
