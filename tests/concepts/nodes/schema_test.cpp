#include "concepts/nodes/schema.h"

#include <catch2/catch.hpp>

#include "concepts/nodes/record.h"
#include "tests/concepts/random_graphs.h"

using namespace noema::concepts;

namespace {

struct Foxes {
  Graph graph = graph_of({{"red", "fox"}, {"old", "fox"}});
  ConceptId red = *graph.find("red"), old = *graph.find("old"), fox = *graph.find("fox");
  ConceptId like = graph.categorise(red, old, 1);
};

}  // namespace

TEST_CASE("a schema's slot stands before or after its fixed part") {
  const Schema before{5, 6, true, {1, 3}, {}}, after{5, 6, false, {1, 3}, {}};
  CHECK(before.parts() == std::vector<ConceptId>{6, 5});
  CHECK(after.parts() == std::vector<ConceptId>{5, 6});
  CHECK(before.filled_with(3) == std::pair<ConceptId, ConceptId>{3, 5});
  CHECK(after.filled_with(3) == std::pair<ConceptId, ConceptId>{5, 3});
  CHECK(before.may_fill(3));
  CHECK_FALSE(before.may_fill(2));
  CHECK(before.bits(8) == Approx(8 + 2 * 3));
}

TEST_CASE("a schema is a unit longer than its fixed part, and written with the category's members") {
  Foxes foxes;
  const Schema schema{foxes.fox, foxes.like, true, {foxes.red, foxes.old}, {}};
  CHECK(schema.length(foxes.graph.nodes()) == 2);
  CHECK(schema.written(foxes.graph.nodes(), [](ConceptId) { return 1; }) == " {red|old} fox");
  std::vector<ConceptId> units;
  schema.add_units(foxes.graph.nodes(), 9, units);
  CHECK(units == std::vector<ConceptId>{foxes.fox});  // the slot's unit differs by mention
}

TEST_CASE("an entered schema is found by its fixed part with each filler") {
  Foxes foxes;
  Nodes nodes = foxes.graph.nodes();
  Node node;
  node.kind = Schema{foxes.fox, foxes.like, true, {foxes.red, foxes.old}, {}};
  const ConceptId id = nodes.add(node);
  nodes.enter(id);
  CHECK(nodes.joined(foxes.red, foxes.fox) == id);
  CHECK(nodes.joined(foxes.old, foxes.fox) == id);
  CHECK_FALSE(nodes.joined(foxes.fox, foxes.fox));
  CHECK(nodes[foxes.red].slot_and_sense_uses == 1);
  CHECK(nodes[foxes.like].wholes == std::vector<ConceptId>{id});
  CHECK(nodes.contexts(std::vector<ConceptId>{foxes.old, foxes.fox}).front() == id);
  CHECK(nodes.contexts(std::vector<ConceptId>{foxes.fox, foxes.fox}).front() == foxes.fox);
  nodes.leave(id);
  CHECK_FALSE(nodes.joined(foxes.red, foxes.fox));
  CHECK(nodes[foxes.red].slot_and_sense_uses == 0);
  CHECK(nodes[foxes.fox].wholes.empty());
}

TEST_CASE("a record does not say which part is the slot: the nodes do") {
  Foxes foxes;
  const Schema schema{foxes.fox, foxes.like, true, {foxes.red, foxes.old}, {}};
  NodeRecord record;
  record.kind = "schema";
  schema.save(record, true);
  REQUIRE(Schema::describes(record));
  Schema again = Schema::load(record);
  CHECK_FALSE(again.slot_first);
  again.resolve(foxes.graph.nodes());
  CHECK(again.slot_first);
  CHECK(again.fixed == foxes.fox);
  CHECK(again.slot == foxes.like);
  CHECK(again.fillers == schema.fillers);
  CHECK(again.fits(foxes.graph.nodes(), 9));
  Schema wrong{foxes.red, foxes.fox, false, {foxes.old}, {}};
  wrong.resolve(foxes.graph.nodes());
  CHECK_FALSE(wrong.fits(foxes.graph.nodes(), 9));  // no part is a category
}
