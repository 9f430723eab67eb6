#pragma once
// keep: a person says that a concept which thinking made is worth having. No thought dissolves it any more, and what
// made it is not taken back before this is.

#include "reasoning/thought.h"

namespace noema::reasoning::thoughts {

/// Operands: node.
const ThoughtKind& keep();
Operands keep_of(concepts::ConceptId node);

}  // namespace noema::reasoning::thoughts
