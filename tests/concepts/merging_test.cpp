// Redirects, senses, associations and concentrations (concepts/merging.cpp).

#include <catch2/catch.hpp>

#include "tests/concepts/random_graphs.h"
#include "tests/concepts/sound.h"

using namespace noema::concepts;

TEST_CASE("a redirected node keeps its mentions, and they count for the concept that it is a form of") {
  Graph graph = graph_of({{"colour", "red"}, {"color", "red"}, {"color", "blue"}});
  const auto w = ids_of(graph, {"colour", "red", "color", "blue"});
  const std::string before = graph.hash();
  graph.redirect(w[2], w[0]);
  CHECK(graph.concept_of(w[2]) == w[0]);
  CHECK(graph.forms_of(w[0]) == std::vector<ConceptId>{w[0], w[2]});
  CHECK(graph.node(w[2]).mentions == 2);
  CHECK(graph.node(w[0]).mentions == 1);
  CHECK(graph.statistics().total(w[0]) == 3);
  CHECK(graph.statistics().total(w[2]) == 0);
  CHECK(graph.statistics().next(w[0])[w[1]] == 2);
  CHECK(graph.concepts() == 3);
  require_sound(graph);
  graph.restore(w[2]);
  CHECK(graph.hash() == before);
  CHECK(graph.concepts() == 4);
  require_sound(graph);
}

TEST_CASE("forms of forms belong to one concept, and leave it with the form that they hang on") {
  Graph graph = graph_of({{"a"}, {"b"}, {"c"}});
  const auto w = ids_of(graph, {"a", "b", "c"});
  graph.redirect(w[2], w[1]);
  graph.redirect(w[1], w[0]);
  CHECK(graph.concept_of(w[2]) == w[0]);
  CHECK(graph.statistics().total(w[0]) == 3);
  require_sound(graph);
  graph.restore(w[1]);
  CHECK(graph.concept_of(w[2]) == w[1]);
  CHECK(graph.statistics().total(w[1]) == 2);
  require_sound(graph);
}

TEST_CASE("redirects that do not join a younger concept to an older one stop") {
  Graph graph = graph_of({{"a"}, {"b"}, {"c"}});
  const auto w = ids_of(graph, {"a", "b", "c"});
  CHECK_THROWS(graph.redirect(w[0], w[1]));
  CHECK_THROWS(graph.redirect(w[0], kBoundary));
  CHECK_THROWS(graph.restore(w[1]));
  graph.redirect(w[1], w[0]);
  CHECK_THROWS(graph.redirect(w[2], w[1]));  // b is a form
  CHECK_THROWS(graph.redirect(w[1], w[0]));
}

TEST_CASE("a sense takes the mentions that its neighbours select, also those that come later") {
  Graph graph = graph_of({{"river", "bank"}, {"big", "bank"}, {"river", "bank"}});
  const auto w = ids_of(graph, {"river", "bank", "big"});
  const ConceptId shore = graph.split(w[1], Side::kBefore, std::vector<ConceptId>{w[0]}, 1);
  CHECK(nodes_in(graph, 0) == std::vector<ConceptId>{w[0], shore});
  CHECK(nodes_in(graph, 1) == std::vector<ConceptId>{w[2], w[1]});
  perceive(graph, {"river", "bank"});
  CHECK(graph.node(shore).mentions == 3);
  CHECK(graph.nodes().unit_of(shore) == w[1]);
  CHECK(graph.nodes().positions_of(shore).size() == 4);  // of the unit
  CHECK(label_of(graph, shore) == "bank");
  require_sound(graph);
  graph.dissolve(shore);
  CHECK(graph.node(w[1]).mentions == 4);
  CHECK(graph.node(w[1]).as<Unit>()->senses.empty());
  require_sound(graph);
}

TEST_CASE("associations go both ways, change the hash and not L, and go when their count is 0") {
  Graph graph = graph_of({{"a", "b"}});
  const auto w = ids_of(graph, {"a", "b"});
  const std::string before = graph.hash();
  const double bits = description_bits(graph);
  graph.associate(w[0], w[1], 2);
  graph.associate(w[0], w[0], 5);  // with itself: nothing
  CHECK(graph.associates(w[0])[w[1]] == 2);
  CHECK(graph.associates(w[1])[w[0]] == 2);
  CHECK(graph.associates(w[0]).size() == 1);
  CHECK(graph.hash() != before);
  CHECK(description_bits(graph) == bits);
  graph.associate(w[1], w[0], -2);
  CHECK(graph.associates(w[0]).empty());
  CHECK(graph.hash() == before);
}

TEST_CASE("setting concentrations changes the version, the hash and the code, and no count") {
  Graph graph = graph_of({{"a", "b"}});
  const std::string before = graph.hash();
  const std::uint64_t version = graph.version();
  Concentrations other;
  other.row_discount = 9;
  graph.set_concentrations(other);
  CHECK(graph.version() != version);
  CHECK(graph.hash() != before);
  CHECK(graph.sequence().concentrations() == other);
  CHECK(graph.sequence().codes().row.discount() == Approx(9.0 / 32));
  require_sound(graph);
}
