#pragma once
// What people query: views over the tables of format 4, in the words of the field. docs/life-format.md explains each
// column, docs/queries.md shows them in use.

namespace noema::memory {

/// The views of format 4, as SQL. A view that changes afterwards changes in a rung of its own.
extern const char* const kViewsOfFormat4;

}  // namespace noema::memory
