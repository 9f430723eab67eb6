#pragma once
// associate: link the concepts of a question with those of what answered it. It changes no L; it proposes.

#include "reasoning/thought.h"

namespace noema::reasoning::thoughts {

/// Operands: pairs, a list of pairs of concepts.
const ThoughtKind& associate();
Operands association_of(const std::vector<std::pair<concepts::ConceptId, concepts::ConceptId>>& pairs);

}  // namespace noema::reasoning::thoughts
