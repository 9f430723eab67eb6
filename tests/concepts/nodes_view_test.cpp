#include "concepts/nodes_view.h"

#include <catch2/catch.hpp>

#include "tests/concepts/random_graphs.h"

using namespace noema::concepts;

TEST_CASE("contexts are the nodes whose units end a history, longest first") {
  Graph graph = graph_of({{"a", "b", "c"}, {"a", "b", "c"}});
  const auto w = ids_of(graph, {"a", "b", "c"});
  const Nodes& nodes = graph.nodes();
  CHECK(nodes.contexts({}) == std::vector<ConceptId>{kBoundary});
  CHECK(nodes.contexts(w) == std::vector<ConceptId>{w[2]});
  const ConceptId bc = graph.compose(w[1], w[2], 1), abc = graph.compose(w[0], bc, 2);
  CHECK(nodes.contexts(w) == std::vector<ConceptId>{abc, bc, w[2]});
  CHECK(nodes.contexts(std::vector<ConceptId>{w[1], w[2]}) == std::vector<ConceptId>{bc, w[2]});
  CHECK(nodes.contexts(std::vector<ConceptId>{w[0], w[2]}) == std::vector<ConceptId>{w[2]});
}

TEST_CASE("units, forms and senses of a node") {
  Graph graph = graph_of({{"a", "b", "c"}, {"a", "b", "x"}, {"x", "b"}});
  const auto w = ids_of(graph, {"a", "b", "c", "x"});
  const Nodes& nodes = graph.nodes();
  const ConceptId ab = graph.compose(w[0], w[1], 1);
  CHECK(nodes.units_of(ab) == std::vector<ConceptId>{w[0], w[1]});
  CHECK(nodes.units_of(ab, w[2]) == std::vector<ConceptId>{w[0], w[1], w[2]});
  const ConceptId sense = graph.split(w[3], Side::kAfter, std::vector<ConceptId>{w[1]}, 2);
  CHECK(nodes.unit_of(sense) == w[3]);
  CHECK(nodes.unit_of(ab) == ab);
  CHECK(nodes.units_of(sense) == std::vector<ConceptId>{w[3]});
  graph.redirect(w[2], w[0]);
  CHECK(nodes.forms_of(w[0]) == std::vector<ConceptId>{w[0], w[2]});
  CHECK(nodes.forms_of(w[1]) == std::vector<ConceptId>{w[1]});
  CHECK(nodes.positions_of(sense).list() == nodes[w[3]].positions.list());
}

TEST_CASE("a node costs what its kind says, and its redirect") {
  Graph graph = graph_of({{"a"}, {"b"}});
  const auto w = ids_of(graph, {"a", "b"});
  CHECK(graph.nodes().bits(w[1]) == Approx(sense_bits(1)));
  graph.redirect(w[1], w[0]);
  CHECK(graph.nodes().bits(w[1]) == Approx(sense_bits(1) + redirect_bits(w[1])));
}

TEST_CASE("only nodes that have not faded are visited, ascending") {
  Graph graph;
  graph.pass_over(4);
  graph.perceive_unit("late", "late");
  std::vector<ConceptId> visited;
  graph.nodes().for_each([&](ConceptId id) { visited.push_back(id); });
  CHECK(visited == std::vector<ConceptId>{kBoundary, 4});
  CHECK_FALSE(graph.nodes().holds(2));
}

TEST_CASE("the first node that does not fit what it names is found") {
  const auto soundly = [] {
    Nodes nodes;
    for (const char* label : {"\n", "a", "b"}) {
      Node node;
      Unit unit;
      unit.label = label;
      node.kind = unit;
      nodes.enter(nodes.add(node));
    }
    Node composite;
    composite.kind = Composite{1, 2, {}};
    nodes.enter(nodes.add(composite));
    return nodes;
  };
  CHECK_FALSE(first_fault(soundly()));
  {
    Nodes nodes = soundly();
    nodes.set_active(2, false);
    CHECK(first_fault(nodes)->find("made of") != std::string::npos);
  }
  {
    Nodes nodes = soundly();
    nodes.at(2).redirect = 1;  // which does not list it
    CHECK(first_fault(nodes)->find("does not list it") != std::string::npos);
  }
  {
    Nodes nodes = soundly();
    nodes.at(1).redirect = 2;
    CHECK(first_fault(nodes)->find("younger") != std::string::npos);
  }
  {
    Nodes nodes = soundly();
    nodes.at(1).category = 3;
    CHECK(first_fault(nodes)->find("no active category") != std::string::npos);
  }
  {
    Nodes nodes = soundly();
    nodes.at(1).forms = {2};
    CHECK(first_fault(nodes)->find("form") != std::string::npos);
  }
}
