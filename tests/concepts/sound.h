#pragma once
// What every test may ask of a graph.

#include <catch2/catch.hpp>

#include "concepts/graph.h"

namespace noema::concepts {

/// The graph agrees with what its stream says of it.
inline void require_sound(const Graph& graph) {
  const auto difference = first_difference(graph);
  INFO(difference.value_or(""));
  REQUIRE_FALSE(difference);
}

}  // namespace noema::concepts
