#include "concepts/categories.h"

#include <catch2/catch.hpp>

#include "tests/concepts/random_graphs.h"

using namespace noema::concepts;

namespace {

Graph four() { return graph_of({{"a", "b", "c", "d"}, {"b", "a", "d", "c"}}); }

}  // namespace

TEST_CASE("the category over two concepts has height 1, over categories twice that of the higher one") {
  Graph graph = four();
  const auto w = ids_of(graph, {"a", "b", "c", "d"});
  CHECK(height_of(graph.nodes(), w[0]) == 0);
  CHECK(height_over(graph.nodes(), w[0], w[1]) == 1);
  const ConceptId ab = graph.categorise(w[0], w[1], 1);
  CHECK(height_of(graph.nodes(), ab) == 1);
  CHECK(height_over(graph.nodes(), ab, w[2]) == 2);
  const ConceptId abc = graph.categorise(ab, w[2], 2);
  CHECK(height_of(graph.nodes(), abc) == 2);
  CHECK(categories_of(graph.nodes(), w[0]) == std::vector<ConceptId>{ab, abc});
  CHECK(categories_of(graph.nodes(), w[2]) == std::vector<ConceptId>{abc});
  CHECK(categories_of(graph.nodes(), w[3]).empty());
  CHECK(category_of(graph.nodes(), w[0]) == ab);
  CHECK(category_of(graph.nodes(), w[3]) == 0);
  CHECK(graph.node(abc).as<Category>()->members == std::vector<ConceptId>{w[2], ab});
}

TEST_CASE("a form lies where its concept lies") {
  Graph graph = four();
  const auto w = ids_of(graph, {"a", "b", "c", "d"});
  const ConceptId ab = graph.categorise(w[0], w[1], 1);
  graph.redirect(w[3], w[0]);
  CHECK(category_of(graph.nodes(), w[3]) == ab);
  CHECK(graph.node(w[3]).category == 0);
  CHECK(graph.categories().memberships() == 2);
}

TEST_CASE("topmost parts are made at height 64 or above their members, those of a category at half its height") {
  Graph graph = four();
  const auto w = ids_of(graph, {"a", "b", "c", "d"});
  const std::vector<std::vector<ConceptId>> parts{{w[0], w[1]}, {w[2], w[3]}};
  CHECK(height_of_parts(graph.nodes(), 0, parts) == 64);
  const ConceptId first = graph.divide(0, parts, 1);
  CHECK(height_of(graph.nodes(), first) == 64);
  CHECK(height_of_parts(graph.nodes(), first, {}) == 32);
  const std::vector<std::vector<ConceptId>> above{{first, first + 1}};
  CHECK(height_of_parts(graph.nodes(), 0, above) == 128);
  const ConceptId low = graph.categorise(w[0], w[1], 2);  // moves them: still a category of height 1
  CHECK(height_of_parts(graph.nodes(), low, {}) == 0);    // no room below it
}

TEST_CASE("every membership names one of the categories: log2 of their number each") {
  Categories categories;
  CHECK(categories.bits() == 0);
  categories.count(1);
  CHECK(categories.bits() == 0);  // with one category there is nothing to say
  Node member;
  member.category = 5;
  for (int i = 0; i < 3; ++i) categories.count_membership(member, 1);
  categories.count_membership(Node{}, 1);  // it lies in none
  CHECK(categories.memberships() == 3);
  categories.count(3);
  CHECK(categories.size() == 4);
  CHECK(categories.bits() == Approx(3 * 2));
  CHECK(categories.gain(1, 0) == Approx(-2));
  CHECK(categories.gain(0, -2) == Approx(3));
  CHECK(categories.gain(2, 4) == Approx(6 - 5 * 3));
}

TEST_CASE("only an active category is one") {
  Graph graph = four();
  const auto w = ids_of(graph, {"a", "b"});
  const ConceptId ab = graph.categorise(w[0], w[1], 1);
  CHECK(is_category(graph.nodes(), ab));
  CHECK_FALSE(is_category(graph.nodes(), w[0]));
  graph.dissolve(ab);
  CHECK_FALSE(is_category(graph.nodes(), ab));
  CHECK(graph.categories().size() == 0);
  CHECK(graph.categories().memberships() == 0);
}
