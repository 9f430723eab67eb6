#pragma once
// dissolve: do without a node that thinking made and that does not pay for itself.

#include "reasoning/thought.h"

namespace noema::reasoning::thoughts {

/// Operands: node.
const ThoughtKind& dissolve();
Operands dissolve_of(concepts::ConceptId node);

}  // namespace noema::reasoning::thoughts
