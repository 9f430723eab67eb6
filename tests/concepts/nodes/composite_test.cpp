#include "concepts/nodes/composite.h"

#include <catch2/catch.hpp>

#include "concepts/nodes/record.h"
#include "tests/concepts/random_graphs.h"

using namespace noema::concepts;

TEST_CASE("a composite is as long as its parts, written as they are, and named by them in order") {
  Graph graph = graph_of({{"new", "york", "city"}});
  const auto w = ids_of(graph, {"new", "york", "city"});
  const ConceptId york = graph.compose(w[0], w[1], 1);
  const Composite city{york, w[2], {}};
  CHECK(city.length(graph.nodes()) == 3);
  CHECK(city.written(graph.nodes(), {}) == " new york city");
  std::vector<ConceptId> units;
  city.add_units(graph.nodes(), 9, units);
  CHECK(units == w);
  const std::vector<std::string> names{"", "x", "y"};
  const CanonicalName name_of = [&](ConceptId id) -> const std::string& { return names[id]; };
  CHECK(Composite{2, 1, {}}.canonical_name(name_of) == "yx");
  CHECK(Composite{2, 1, {}}.bits(8) == Approx(2 + 2 * 3));
}

TEST_CASE("the parts of a composite are older, and of kinds that may be parts") {
  Graph graph = graph_of({{"a", "b"}});
  const auto w = ids_of(graph, {"a", "b"});
  const ConceptId category = graph.categorise(w[0], w[1], 1);
  const auto fits = [&](ConceptId first, ConceptId second, ConceptId id) {
    return Composite{first, second, {}}.fits(graph.nodes(), id);
  };
  CHECK(fits(w[0], w[0], 9));
  CHECK_FALSE(fits(w[0], w[1], w[1]));
  CHECK_FALSE(fits(kBoundary, w[1], 9));
  CHECK_FALSE(fits(w[0], category, 9));
}

TEST_CASE("an entered composite is found by its parts and by its units") {
  Graph graph = graph_of({{"a", "b"}});
  Nodes nodes = graph.nodes();
  const auto w = ids_of(graph, {"a", "b"});
  Node node;
  node.kind = Composite{w[0], w[0], {}};
  const ConceptId id = nodes.add(node);
  nodes.enter(id);
  CHECK(nodes.joined(w[0], w[0]) == id);
  CHECK(nodes[w[0]].wholes == std::vector<ConceptId>{id});  // once, though it is both parts
  CHECK(nodes.contexts(std::vector<ConceptId>{w[0], w[0]}).front() == id);
  CHECK(nodes[w[0]].as<Unit>()->longest_ending == 2);
  nodes.leave(id);
  CHECK_FALSE(nodes.joined(w[0], w[0]));
  CHECK(nodes[w[0]].wholes.empty());
  CHECK(nodes.contexts(std::vector<ConceptId>{w[0], w[0]}).front() == w[0]);
}

TEST_CASE("an active composite's record has its parts in its row, an inactive one's among the details") {
  const Composite composite{4, 5, {}};
  for (const bool active : {true, false}) {
    NodeRecord record;
    record.kind = "composite";
    composite.save(record, active);
    CHECK(record.parts.empty() != active);
    REQUIRE(Composite::describes(record));
    const Composite again = Composite::load(record);
    CHECK(again.first == 4);
    CHECK(again.second == 5);
  }
  NodeRecord broken;
  broken.id = 8;
  broken.kind = "composite";
  broken.parts = {1, 2, 3};
  CHECK_THROWS_WITH(Composite::load(broken), Catch::Contains("8") && Catch::Contains("3 parts"));
}
