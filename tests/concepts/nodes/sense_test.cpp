#include "concepts/nodes/sense.h"

#include <catch2/catch.hpp>

#include "concepts/nodes/record.h"
#include "tests/concepts/random_graphs.h"

using namespace noema::concepts;

TEST_CASE("a sense costs its kind's code, a side, and a name for its unit and each neighbour") {
  const Sense sense{3, Side::kBefore, {1, 2}};
  CHECK(sense.bits(16) == Approx(7 + 3 * 4));  // one of 16 nodes each
}

TEST_CASE("a sense's name says unit, side and neighbours, whatever their ids") {
  const std::vector<std::string> names{"", "b", "a", "unit"};
  const CanonicalName name_of = [&](ConceptId id) -> const std::string& { return names[id]; };
  CHECK(Sense{3, Side::kBefore, {1, 2}}.canonical_name(name_of) == "unit\x1d" + std::string("ab"));
  CHECK(Sense{3, Side::kAfter, {2}}.canonical_name(name_of) == "unit\x1c" + std::string("a"));
}

TEST_CASE("a sense needs an older unit and older units as neighbours, ascending") {
  Graph graph = graph_of({{"a", "b", "c"}});
  const auto w = ids_of(graph, {"a", "b", "c"});
  const ConceptId category = graph.categorise(w[0], w[1], 1);
  const auto fits = [&](Sense sense, ConceptId id) { return sense.fits(graph.nodes(), id); };
  CHECK(fits({w[0], Side::kBefore, {kBoundary, w[1]}}, 9));
  CHECK_FALSE(fits({w[0], Side::kBefore, {}}, 9));
  CHECK_FALSE(fits({w[0], Side::kBefore, {w[2], w[1]}}, 9));
  CHECK_FALSE(fits({w[0], Side::kBefore, {w[2]}}, w[2]));
  CHECK_FALSE(fits({category, Side::kBefore, {w[2]}}, 9));
  CHECK_FALSE(fits({kBoundary, Side::kBefore, {w[2]}}, 9));
}

TEST_CASE("an entered sense is listed with its unit, and its neighbours do not fade") {
  Graph graph = graph_of({{"a", "b"}});
  Nodes nodes = graph.nodes();
  const auto w = ids_of(graph, {"a", "b"});
  const Sense sense{w[0], Side::kAfter, {w[1]}};
  sense.enter(nodes, 9);
  CHECK(nodes[w[0]].as<Unit>()->senses == std::vector<ConceptId>{9});
  CHECK(nodes[w[1]].slot_and_sense_uses == 1);
  sense.leave(nodes, 9);
  CHECK(nodes[w[0]].as<Unit>()->senses.empty());
  CHECK(nodes[w[1]].slot_and_sense_uses == 0);
}

TEST_CASE("a sense survives as a record") {
  const Sense sense{3, Side::kAfter, {1, 2}};
  NodeRecord record;
  record.kind = "sense";
  sense.save(record, true);
  REQUIRE(Sense::describes(record));
  const Sense again = Sense::load(record);
  CHECK(again.unit == 3);
  CHECK(again.side == Side::kAfter);
  CHECK(again.neighbours == sense.neighbours);
}
