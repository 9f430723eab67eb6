#pragma once
// WITH and RETURN: which values go on, grouped, ordered and cut.

#include "app/patterns/context.h"

namespace noema::app::patterns {

/// WITH: a step with the items as its variables.
Select project(Context& context, const Select& input, Place at, const Projection& projection);

/// RETURN: the last SELECT.
Compiled give(Context& context, const Select& input, Place at, const Projection& projection);

}  // namespace noema::app::patterns
