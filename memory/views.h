#pragma once
// What people query: views over the tables of a life, in the words of the field. docs/life-format.md explains each
// column, docs/queries.md shows them in use.

namespace noema::memory {

/// The views of format 4, as SQL. A view that changes afterwards changes in a rung of its own.
extern const char* const kViewsOfFormat4;
/// The view of facts since format 6, which read its words from a table of their own.
extern const char* const kFactViewOfFormat6;

}  // namespace noema::memory
