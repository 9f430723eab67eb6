#pragma once
// From format 3 to format 4: forms and relations of concepts were JSON within their rows; now they are tables of their
// own with indexes. The code knows format 3 as it was and is never changed.

#include "memory/database.h"

namespace noema::memory {

/// Moves the rows of `concepts_of_format3` into the tables of format 4, and indexes the concepts that episodes mention.
/// Throws base::Error, naming the concept, for a row that is not what was stored. O(life).
void move_concepts_into_tables(Database& database);

}  // namespace noema::memory
