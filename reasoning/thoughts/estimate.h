#pragma once
// estimate: choose the concentrations of L anew, from the counts.

#include "concepts/concentrations.h"
#include "reasoning/thought.h"

namespace noema::reasoning::thoughts {

/// Operands: one integer field for each concentration, by its name (concepts/concentrations.h).
const ThoughtKind& estimate();

}  // namespace noema::reasoning::thoughts
