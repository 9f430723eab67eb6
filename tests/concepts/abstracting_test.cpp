// Concepts put into categories and taken out (concepts/abstracting.cpp).

#include <catch2/catch.hpp>

#include "tests/concepts/random_graphs.h"
#include "tests/concepts/sound.h"

using namespace noema::concepts;

namespace {

Graph animals() {
  return graph_of({{"the", "cat", "runs"}, {"the", "dog", "runs"}, {"a", "cat", "sleeps"}, {"a", "dog", "sleeps"}});
}

}  // namespace

TEST_CASE("a category holds its members, and its row what follows them") {
  Graph graph = animals();
  const auto w = ids_of(graph, {"cat", "dog", "runs", "sleeps"});
  const ConceptId animal = graph.categorise(w[0], w[1], 4);
  CHECK(graph.node(animal).as<Category>()->members == std::vector<ConceptId>{w[0], w[1]});
  CHECK(graph.node(animal).made_by == 4);
  CHECK(graph.categories().size() == 1);
  CHECK(graph.categories().memberships() == 2);
  // Four filled cells below it: two concepts, each followed by two.
  CHECK(graph.statistics().total(animal) == 4);
  CHECK(graph.statistics().parent(w[0]) == animal);
  CHECK(graph.sequence().units().parent(w[1]) == animal);
  require_sound(graph);
}

TEST_CASE("a concept that moves in and out again leaves everything as it was") {
  Graph graph = animals();
  const auto w = ids_of(graph, {"cat", "dog", "runs", "sleeps"});
  const ConceptId animal = graph.categorise(w[0], w[1], 1);
  const std::string before = graph.hash();
  const double bits = description_bits(graph);
  graph.set_category(w[2], animal);
  CHECK(graph.hash() != before);
  require_sound(graph);
  graph.set_category(w[2], 0);
  CHECK(graph.hash() == before);
  CHECK(description_bits(graph) == Approx(bits));
  const std::uint64_t version = graph.version();
  graph.set_category(w[2], 0);  // it lies there
  CHECK(graph.version() == version);
}

TEST_CASE("a division makes a category for each part, and uniting takes them back") {
  Graph graph = animals();
  const auto w = ids_of(graph, {"cat", "dog", "runs", "sleeps"});
  const std::string before = graph.hash();
  const std::vector<std::vector<ConceptId>> parts{{w[0], w[1]}, {w[2], w[3]}};
  const ConceptId first = graph.divide(0, parts, 1);
  CHECK(graph.node(w[1]).category == first);
  CHECK(graph.node(w[2]).category == first + 1);
  CHECK(graph.categories().size() == 2);
  require_sound(graph);
  const std::vector<std::vector<ConceptId>> halves{{w[0]}, {w[1]}};
  const ConceptId below = graph.divide(first, halves, 2);
  CHECK(graph.node(below).category == first);
  CHECK(categories_of(graph.nodes(), w[1]) == std::vector<ConceptId>{below + 1, first});
  require_sound(graph);
  graph.unite(below, 2);
  CHECK(graph.node(w[1]).category == first);
  graph.unite(first, 2);
  CHECK(graph.hash() == before);
  CHECK(graph.categories().size() == 0);
  require_sound(graph);
}

TEST_CASE("a category that is dissolved leaves its members in none") {
  Graph graph = animals();
  const auto w = ids_of(graph, {"cat", "dog"});
  const std::string before = graph.hash();
  const ConceptId animal = graph.categorise(w[0], w[1], 1);
  graph.dissolve(animal);
  CHECK(graph.node(w[0]).category == 0);
  CHECK(graph.hash() == before);
  graph.revive(animal);
  CHECK(graph.categories().size() == 1);
  CHECK(graph.node(animal).as<Category>()->members.empty());
  require_sound(graph);
}

TEST_CASE("a concept lies only in an active category above it") {
  Graph graph = animals();
  const auto w = ids_of(graph, {"cat", "dog", "runs"});
  const ConceptId animal = graph.categorise(w[0], w[1], 1);
  CHECK_THROWS(graph.set_category(w[2], w[0]));
  CHECK_THROWS(graph.set_category(animal, animal));
  CHECK_THROWS(graph.unite(w[2], 1));
  graph.set_category(w[0], 0);
  graph.dissolve(animal);
  CHECK_THROWS(graph.set_category(w[2], animal));
}
