#include "concepts/weighing.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/concepts/random_graphs.h"

using namespace noema::concepts;

// That a gain is the change of L is tested for random thoughts in graph_test.cpp and layer_test.cpp.

TEST_CASE("an empty graph costs its concentrations, and a unit its spelling") {
  Graph graph;
  CHECK(graph_bits(graph) == Concentrations::kBits);
  CHECK(mentions_bits(graph) == 0);
  graph.perceive_unit("cat", "cat");
  CHECK(graph_bits(graph) == Approx(Concentrations::kBits + 1 + 8 * 4));
  CHECK(description_bits(graph) == graph_bits(graph) + mentions_bits(graph));
}

TEST_CASE("one mention of one unit costs what the restaurants say") {
  Graph graph = graph_of({{"a"}});
  // Two rows (boundary and a) with one customer each, whose dishes go up by the rest's row to the root.
  const Codes& codes = graph.sequence().codes();
  const double row = codes.row.cell(1) + codes.row.restaurant(1, 1);
  const double rest = 2 * codes.rest.cell(1) + codes.rest.restaurant(2, 2);
  const double category_row = codes.category.cell(2) + codes.category.restaurant(1, 2);
  const double root = codes.category.cell(1) + codes.category.restaurant(1, 1);
  CHECK(mentions_bits(graph) == Approx((2 * row + rest + category_row + root) / std::log(2.0)));
}

TEST_CASE("a change of nothing grows by nothing") {
  const Graph graph = graph_of(1, 30);
  CHECK(growth_bits(graph, {}) == 0);
  CHECK(concentrations_gain(graph, graph.sequence().concentrations()) == 0);
}

TEST_CASE("composites that make no sense are not proposed") {
  GraphOptions options;
  options.max_length = 2;
  options.max_occurrences = 3;
  Graph graph(options);
  for (int i = 0; i < 3; ++i) perceive(graph, {"a", "b", "c"});
  perceive(graph, {"x", "y"});
  for (int i = 0; i < 4; ++i) perceive(graph, {"common", "often"});
  const auto w = ids_of(graph, {"a", "b", "c", "x", "y", "common", "often"});
  CHECK(propose_composite(graph, w[0], w[1]));
  CHECK_FALSE(propose_composite(graph, kBoundary, w[0]));
  CHECK_FALSE(propose_composite(graph, w[1], w[0]));  // never follow each other
  CHECK_FALSE(propose_composite(graph, w[3], w[4]));  // only once
  CHECK_FALSE(propose_composite(graph, w[5], w[6]));  // both too common
  const ConceptId ab = graph.compose(w[0], w[1], 1);
  CHECK_FALSE(propose_composite(graph, w[0], w[1]));  // there already
  CHECK_FALSE(propose_composite(graph, ab, w[2]));    // too long
  CHECK_FALSE(propose_composite(graph, w[1], w[2]));  // b is taken everywhere
}

TEST_CASE("a proposal names the mentions that would change") {
  Graph graph = graph_of({{"a", "b"}, {"c"}, {"a", "b"}});
  const auto w = ids_of(graph, {"a", "b", "c"});
  CHECK(propose_composite(graph, w[0], w[1])->occurrences == std::vector<Position>{0, 3});
  CHECK(propose_redirect(graph, w[2], w[0])->occurrences == std::vector<Position>{2});
}

TEST_CASE("redirects go from the younger concept to the older one") {
  Graph graph = graph_of({{"a", "b"}, {"c", "b"}});
  const auto w = ids_of(graph, {"a", "b", "c"});
  CHECK(propose_redirect(graph, w[2], w[0]));
  CHECK_FALSE(propose_redirect(graph, w[0], w[2]));
  CHECK_FALSE(propose_redirect(graph, w[0], w[0]));
  CHECK_FALSE(propose_redirect(graph, w[0], kBoundary));
  graph.redirect(w[2], w[0]);
  CHECK_FALSE(propose_redirect(graph, w[2], w[1]));  // it is a form already
  const ConceptId both = graph.categorise(w[0], w[1], 1);
  CHECK_FALSE(propose_redirect(graph, both, w[0]));  // a category is no form
}

TEST_CASE("a split moves at least two mentions and leaves some") {
  Graph graph = graph_of({{"x", "a"}, {"x", "a"}, {"y", "a"}});
  const auto w = ids_of(graph, {"a", "x", "y"});
  const auto split = [&](std::vector<ConceptId> neighbours) {
    return propose_split(graph, w[0], Side::kBefore, neighbours);
  };
  CHECK(split({w[1]})->occurrences == std::vector<Position>{1, 3});
  CHECK_FALSE(split({w[2]}));        // one mention only
  CHECK_FALSE(split({w[1], w[2]}));  // all of them
  CHECK_FALSE(split({}));
  CHECK_FALSE(propose_split(graph, kBoundary, Side::kBefore, w));
  const ConceptId sense = graph.split(w[0], Side::kBefore, std::vector<ConceptId>{w[1]}, 1);
  CHECK_FALSE(propose_split(graph, sense, Side::kBefore, w));  // only units are split
}

TEST_CASE("categories are proposed of what lies in none, and divided into parts of what lies in them") {
  Graph graph = graph_of({{"a", "b", "c", "d"}, {"b", "a", "d", "c"}});
  const auto w = ids_of(graph, {"a", "b", "c", "d"});
  CHECK(propose_category(graph, w[0], w[1]));
  CHECK_FALSE(propose_category(graph, w[0], w[0]));
  const ConceptId ab = graph.categorise(w[0], w[1], 1);
  CHECK_FALSE(propose_category(graph, w[0], w[2]));
  CHECK(propose_membership(graph, w[2], ab));
  CHECK_FALSE(propose_membership(graph, w[0], ab));    // it lies there
  CHECK_FALSE(propose_membership(graph, w[2], w[3]));  // no category
  CHECK_FALSE(propose_membership(graph, kBoundary, ab));
  const std::vector<std::vector<ConceptId>> top{{w[2], w[3]}}, wrong{{w[0], w[2]}}, one{{w[0], w[1]}};
  CHECK(propose_division(graph, 0, top));
  CHECK_FALSE(propose_division(graph, 0, wrong));
  CHECK_FALSE(propose_division(graph, ab, one));  // of one part, and there is no room below height 1
}

TEST_CASE("only what a thought made, and on which nothing stands, is proposed for dissolution") {
  Graph graph = graph_of({{"a", "b", "c"}, {"a", "b", "c"}});
  const auto w = ids_of(graph, {"a", "b", "c"});
  CHECK_FALSE(propose_dissolution(graph, w[0]));
  const ConceptId ab = graph.compose(w[0], w[1], 1), abc = graph.compose(ab, w[2], 2);
  CHECK_FALSE(propose_dissolution(graph, ab));
  CHECK(propose_dissolution(graph, abc));
  graph.dissolve(abc);
  CHECK_FALSE(propose_dissolution(graph, abc));  // gone already
  CHECK(propose_dissolution(graph, ab)->occurrences == std::vector<Position>{0, 3});
}

TEST_CASE("a slot's fillers are the category's units for which nothing stands there yet") {
  Graph graph = graph_of({{"red", "fox"}, {"old", "fox"}, {"red", "fox"}, {"old", "fox"}, {"wild", "fox"}});
  const auto w = ids_of(graph, {"red", "old", "wild", "fox"});
  const ConceptId like = graph.categorise(w[0], w[1], 1);
  graph.set_category(w[2], like);
  CHECK(fillers_for(graph.nodes(), like, w[3]) == std::vector<ConceptId>{w[0], w[1], w[2]});
  graph.compose(w[1], w[3], 2);
  CHECK(fillers_for(graph.nodes(), like, w[3]) == std::vector<ConceptId>{w[0], w[2]});
  const Schema schema = schema_of(graph.nodes(), like, w[3], {w[0], w[2]});
  CHECK(schema.slot == like);
  CHECK(schema.fixed == w[3]);
  CHECK(schema.slot_first);
  CHECK(propose_schema(graph, like, w[3]));
  CHECK_FALSE(propose_schema(graph, w[0], w[3]));  // neither is a category
  CHECK_FALSE(propose_schema(graph, kBoundary, w[3]));
}
