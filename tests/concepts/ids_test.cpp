#include "concepts/ids.h"

#include <catch2/catch.hpp>
#include <limits>

#include "tests/concepts/random_graphs.h"

using namespace noema::concepts;

TEST_CASE("the boundary is the first node of every graph, and no node and no place is named by what marks an inside") {
  Graph graph = graph_of({{"a", "b"}, {"a", "b"}});
  CHECK(graph.node(kBoundary).as<Unit>()->label == "\n");
  const auto w = ids_of(graph, {"a", "b"});
  CHECK(w == std::vector<ConceptId>{1, 2});  // in the order in which they were made
  graph.compose(w[0], w[1], 1);
  CHECK(graph.stream().owner(1) == kInside);
  CHECK_FALSE(graph.still_has(kInside));
  CHECK(std::numeric_limits<ConceptId>::max() == kInside);
}
