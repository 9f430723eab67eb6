#pragma once
// Numbers that name things: nodes of the graph and places of the stream.

#include <cstdint>

namespace noema::concepts {

/// A node of the graph. Ids are given in the order in which nodes are made and are never used twice.
using ConceptId = std::uint32_t;

/// Index of a unit in the stream. It keeps its meaning when older episodes are forgotten.
using Position = std::uint32_t;

/// The boundary between episodes, which is also the line end: it precedes the first mention and follows the last one.
inline constexpr ConceptId kBoundary = 0;

/// Marks a position that lies inside a mention that began before it.
inline constexpr ConceptId kInside = 0xFFFFFFFF;

}  // namespace noema::concepts
