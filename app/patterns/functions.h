#pragma once
// The functions that patterns know, in one table.

#include <string>
#include <vector>

#include "app/patterns/syntax.h"
#include "app/patterns/value.h"

namespace noema::app::patterns {

/// Without regard to case.
bool is_aggregate(const std::string& function);
/// Whether an expression counts, sums or collects over rows.
bool has_aggregate(const Expression& expression);

/// A function's value for these arguments. Throws base::Error, with the nearest name, for one that is unknown, takes
/// other arguments, or is outside of the subset.
Value call_function(Place at, const Call& call, const std::vector<Value>& arguments);

/// "id, labels, ...", for docs/patterns.md.
std::string function_names();

}  // namespace noema::app::patterns
