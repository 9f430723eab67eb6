#pragma once
// consolidate: practise what is stored into the weights of the predictive copy (reasoning/consolidation.h).

#include "reasoning/thought.h"

namespace noema::reasoning::thoughts {

/// No operands: it changes weights and no graph. Held-out inputs decide it.
const ThoughtKind& consolidate();

}  // namespace noema::reasoning::thoughts
