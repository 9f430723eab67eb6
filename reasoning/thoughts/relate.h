#pragma once
// relate: make a schema of a node and a category whose members fill the slot beside it.

#include "reasoning/thought.h"

namespace noema::reasoning::thoughts {

/// Operands: first, second (one is the category that fills the slot, the other a node), and, once settled, fillers: the
/// units that may fill the slot.
const ThoughtKind& relate();
Operands relate_of(concepts::ConceptId first, concepts::ConceptId second);

}  // namespace noema::reasoning::thoughts
