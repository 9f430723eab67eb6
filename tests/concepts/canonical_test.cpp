// The graph hashed by names, restored from a checkpoint, and compared with its stream (concepts/canonical.cpp).

#include <catch2/catch.hpp>

#include "base/error.h"
#include "tests/concepts/random_graphs.h"

using namespace noema::concepts;

namespace {

/// A graph restored from the records of another one, and its episodes attached again.
Graph restored(const Graph& graph) {
  Graph anew;
  graph.nodes().for_each([&](ConceptId id) {
    if (id == kBoundary) return;
    anew.pass_over(id);
    anew.restore_node(node_of(record_of(graph, id)));
  });
  anew.pass_over(graph.size());
  anew.finish_restoring();
  anew.start_at(graph.stream().first_episode(), graph.stream().first_position());
  anew.set_concentrations(graph.sequence().concentrations());
  for (std::uint32_t e = graph.stream().first_episode(); e < graph.stream().episodes(); ++e)
    anew.attach(graph.stream().leaves(e));
  return anew;
}

Node unit_named(const std::string& label, ConceptId id) {
  Node node;
  Unit unit;
  unit.label = label;
  node.kind = unit;
  node.redirect = id;
  return node;
}

}  // namespace

TEST_CASE("the hash goes by names: the order in which words were met does not matter, their counts do") {
  Graph one, other;
  const ConceptId a = one.perceive_unit("a", "a"), b = one.perceive_unit("b", "b");
  const ConceptId b2 = other.perceive_unit("b", "b"), a2 = other.perceive_unit("a", "a");
  REQUIRE(a != a2);
  one.attach(std::vector<ConceptId>{a, b});
  other.attach(std::vector<ConceptId>{a2, b2});
  CHECK(one.hash() == other.hash());
  other.perceive_unit("a", "A");
  CHECK(one.hash() != other.hash());
  one.perceive_unit("a", "A");
  CHECK(one.hash() == other.hash());
}

TEST_CASE("a graph restored from its records and its episodes has the same hash and counts") {
  for (std::uint64_t seed = 1; seed <= 15; ++seed) {
    Graph graph = graph_of(seed, 80);
    Rng rng(seed);
    for (int i = 0; i < 100; ++i)
      if (const auto thought = random_thought(graph, rng)) thought->apply();
    const Graph anew = restored(graph);
    CHECK(anew.hash() == graph.hash());
    CHECK(anew.bytes() == graph.bytes());
    CHECK(anew.concepts() == graph.concepts());
    CHECK_FALSE(first_difference(anew));
  }
}

TEST_CASE("ids that are not restored have faded") {
  Graph graph;
  graph.pass_over(5);
  CHECK(graph.restore_node(unit_named("five", 5)) == 5);
  CHECK_FALSE(graph.still_has(3));
  CHECK_FALSE(graph.node(3).active);
  CHECK(graph.find("five") == ConceptId{5});
  CHECK(graph.size() == 6);
}

TEST_CASE("nodes that cannot be are refused") {
  Graph graph;
  graph.restore_node(unit_named("a", 1));
  CHECK_THROWS_AS(graph.restore_node(unit_named("a", 1)), noema::base::Error);  // there already
  CHECK_THROWS_AS(graph.restore_node(unit_named("", 2)), noema::base::Error);
  Node younger = unit_named("b", 2);
  younger.redirect = 9;
  CHECK_THROWS_AS(graph.restore_node(younger), noema::base::Error);
  Node composite;
  composite.kind = Composite{1, 7, {}};
  CHECK_THROWS_AS(graph.restore_node(composite), noema::base::Error);
  Node lost = unit_named("c", 2);
  lost.category = 1;  // which is a unit
  graph.restore_node(lost);
  CHECK_THROWS_WITH(graph.finish_restoring(), Catch::Contains("no category above it"));
}

TEST_CASE("a record says what a checkpoint keeps of a node") {
  Graph graph = graph_of({{"new", "york"}, {"new", "york"}});
  const auto w = ids_of(graph, {"new", "york"});
  const ConceptId city = graph.compose(w[0], w[1], 3);
  graph.protect(w[0]);
  graph.associate(w[0], w[1], 2);
  const NodeRecord unit = record_of(graph, w[0]);
  CHECK(unit.kind == "sense");
  CHECK(unit.label == "new");
  CHECK(unit.redirect == 0);
  CHECK(unit.mentions == 0);
  CHECK(unit.surfaces == std::vector<std::pair<std::string, std::uint32_t>>{{" new", 2}});
  CHECK(unit.details["protected"] == true);
  CHECK(unit.details["associates"].dump() == "[[2,2]]");
  const NodeRecord composite = record_of(graph, city);
  CHECK(composite.kind == "composite");
  CHECK(composite.parts == w);
  CHECK(composite.mentions == 2);
  CHECK(composite.made_by == 3);
}
