#include "concepts/view.h"

#include <catch2/catch.hpp>

#include "concepts/graph.h"

using namespace noema::concepts;

namespace {

Graph chain() {
  Graph graph;
  std::vector<ConceptId> units;
  for (const char* word : {"a", "b", "c", "d", "b"}) units.push_back(graph.perceive_unit(word, word));
  graph.attach(units);
  return graph;
}

}  // namespace

TEST_CASE("a neighbourhood holds what follows within its depth, nearest first") {
  const Graph graph = chain();
  const auto id = [&](const char* word) { return *graph.find(word); };
  CHECK(neighbourhood(graph, id("a"), 0, 10) == std::vector<ConceptId>{id("a")});
  CHECK(neighbourhood(graph, id("a"), 2, 10) == std::vector<ConceptId>{id("a"), id("b"), id("c")});
  CHECK(neighbourhood(graph, id("a"), 9, 2) == std::vector<ConceptId>{id("a"), id("b")});
  CHECK(neighbourhood(graph, id("a"), 9, 10).size() == 4);
  CHECK(neighbourhood(graph, id("a"), 9, 10, 0) == std::vector<ConceptId>{id("a")});
}

TEST_CASE("what is reached most often is most central") {
  const Graph graph = chain();
  const auto central = most_central(graph, 2);
  REQUIRE(central.size() == 2);
  CHECK(central.front().id == *graph.find("b"));
}
