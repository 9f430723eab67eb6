#include "concepts/saving.h"

#include <catch2/catch.hpp>

#include "tests/concepts/random_graphs.h"

using namespace noema::concepts;

TEST_CASE("what a node saves is by how much L grows once it is dissolved") {
  Graph graph = graph_of(small_language(7, 60));
  const auto w = ids_of(graph, {"w1", "w2", "w3", "w4", "w5", "w6"});
  const std::vector<ConceptId> made{graph.compose(w[2], w[3], 1), graph.compose(w[0], w[1], 2),
                                    graph.categorise(w[4], w[5], 3)};
  for (const ConceptId node : made) {
    const auto saved = saved_bits(graph, node, 1000);
    REQUIRE(saved);
    const double before = description_bits(graph);
    graph.dissolve(node);
    CHECK(*saved == Approx(description_bits(graph) - before).margin(1e-6));
    CHECK_FALSE(saved_bits(graph, node, 1000));  // gone
  }
}

TEST_CASE("a node saves something though others stand on it, but not for units, forms and what is too common") {
  Graph graph = graph_of(small_language(7, 60));
  const auto w = ids_of(graph, {"w0", "w1", "w2", "w3", "w4"});
  const ConceptId pair = graph.compose(w[3], w[4], 1);
  const ConceptId category = graph.categorise(pair, w[0], 2);
  CHECK_FALSE(propose_dissolution(graph, pair));
  CHECK(saved_bits(graph, pair, 1000));
  CHECK_FALSE(saved_bits(graph, pair, 1));
  CHECK_FALSE(saved_bits(graph, w[0], 1000));
  CHECK_FALSE(saved_bits(graph, kBoundary, 1000));
  // In another category, it saves what its members do not cost below it.
  const ConceptId above = graph.categorise(category, w[1], 3);
  const auto saved = saved_bits(graph, category, 1000);
  REQUIRE(saved);
  const double before = description_bits(graph);
  graph.set_category(pair, above);
  graph.set_category(w[0], above);
  graph.set_category(category, 0);
  graph.dissolve(category);
  CHECK(*saved == Approx(description_bits(graph) - before).margin(1e-6));
}
