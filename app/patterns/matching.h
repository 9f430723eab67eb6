#pragma once
// MATCH, OPTIONAL MATCH and EXISTS.

#include "app/patterns/context.h"

namespace noema::app::patterns {

/// What `input` gives, joined with all ways in which the pattern can be found from there.
Select match(Context& context, const Select& input, const Match& match);

/// Whether the pattern can be found from what `scope` holds.
Value exists_pattern(Context& context, const Scope& scope, Place at, const Exists& exists);

}  // namespace noema::app::patterns
