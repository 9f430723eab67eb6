#pragma once
// From format 1 to format 2: the operands of thoughts were lists of numbers whose meaning followed from their count;
// now they are named fields, kinds that meant several things are several kinds, and the concepts that a thought names
// stand in thought_concepts. The code knows format 1 as it was and is never changed.

#include "memory/database.h"

namespace noema::memory {

/// Rewrites all thoughts and chains the log's checksums anew. Throws base::Error, naming the log position, if the old
/// chain does not hold: a damaged life is not brought up to date. Nothing to do in a new life. O(log).
void name_operands(Database& database);

}  // namespace noema::memory
