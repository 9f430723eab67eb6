// Making, dissolving and reviving nodes of two parts (concepts/composing.cpp).

#include <catch2/catch.hpp>

#include "tests/concepts/random_graphs.h"
#include "tests/concepts/sound.h"

using namespace noema::concepts;

TEST_CASE("a composite takes the mentions of its parts where they are neighbours, and counts what follows") {
  Graph graph = graph_of({{"new", "york", "is"}, {"new", "is"}, {"new", "york"}});
  const auto w = ids_of(graph, {"new", "york", "is"});
  const ConceptId city = graph.compose(w[0], w[1], 7);
  CHECK(nodes_in(graph, 0) == std::vector<ConceptId>{city, w[2]});
  CHECK(nodes_in(graph, 1) == std::vector<ConceptId>{w[0], w[2]});
  CHECK(nodes_in(graph, 2) == std::vector<ConceptId>{city});
  CHECK(graph.node(city).mentions == 2);
  CHECK(graph.node(city).made_by == 7);
  CHECK(graph.node(city).length == 2);
  CHECK(graph.node(w[0]).mentions == 1);
  CHECK(graph.node(w[1]).mentions == 0);
  CHECK(graph.node(city).positions.list() == std::vector<Position>{0, 5});
  CHECK(followers_of(graph, city).sorted() ==
        std::vector<std::pair<ConceptId, std::uint32_t>>{{kBoundary, 1}, {w[2], 1}});
  CHECK(graph.nodes().joined(w[0], w[1]) == city);
  CHECK(graph.nodes().joined_nodes() == 1);
  require_sound(graph);
}

TEST_CASE("a dissolved composite leaves its mentions to its parts, and is as it was when it is revived") {
  Graph graph = graph_of({{"a", "b", "c"}, {"a", "b"}});
  const auto w = ids_of(graph, {"a", "b", "c"});
  const std::string alone = graph.hash();
  const ConceptId ab = graph.compose(w[0], w[1], 1);
  const std::string composed = graph.hash();
  graph.dissolve(ab);
  CHECK(graph.hash() == alone);
  CHECK_FALSE(graph.node(ab).active);
  CHECK(graph.node(ab).positions.empty());
  CHECK_FALSE(graph.nodes().joined(w[0], w[1]));
  require_sound(graph);
  perceive(graph, {"a", "b"});
  graph.revive(ab);
  CHECK(graph.node(ab).mentions == 3);
  CHECK(graph.hash() != composed);
  require_sound(graph);
}

TEST_CASE("a schema takes the mentions of its fixed part with a filler in the slot") {
  Graph graph = graph_of({{"red", "fox", "runs"}, {"old", "fox"}, {"sly", "fox"}, {"red", "hen"}});
  const auto w = ids_of(graph, {"red", "old", "sly", "fox"});
  const ConceptId like = graph.categorise(w[0], w[1], 1);
  const ConceptId schema = graph.relate(like, w[3], fillers_for(graph.nodes(), like, w[3]), 2);
  CHECK(graph.node(schema).mentions == 2);
  CHECK(nodes_in(graph, 0).front() == schema);
  CHECK(nodes_in(graph, 2) == std::vector<ConceptId>{w[2], w[3]});  // sly is no filler
  CHECK(graph.sequence().fillers_of(schema).sorted() ==
        std::vector<std::pair<ConceptId, std::uint32_t>>{{w[0], 1}, {w[1], 1}});
  CHECK(graph.nodes().joined(w[0], w[3]) == schema);
  require_sound(graph);
  graph.dissolve(schema);
  CHECK(graph.sequence().fillers_of(schema).empty());
  require_sound(graph);
  graph.revive(schema);
  CHECK(graph.node(schema).mentions == 2);
  require_sound(graph);
}

TEST_CASE("what stands on something else, or was perceived, is not dissolved") {
  Graph graph = graph_of({{"a", "b", "c"}, {"a", "b", "c"}});
  const auto w = ids_of(graph, {"a", "b", "c"});
  const ConceptId ab = graph.compose(w[0], w[1], 1), abc = graph.compose(ab, w[2], 2);
  CHECK_THROWS(graph.dissolve(w[0]));
  CHECK_THROWS(graph.dissolve(ab));  // abc is made of it
  CHECK_THROWS(graph.revive(ab));    // it is active
  graph.dissolve(abc);
  graph.dissolve(ab);
  CHECK_THROWS(graph.revive(abc));  // ab is not active
  CHECK_THROWS(graph.relate(w[0], w[1], {}, 3));
  require_sound(graph);
}
