#include "concepts/nodes.h"

#include <catch2/catch.hpp>

using namespace noema::concepts;

namespace {

Node of(NodeKind kind) {
  Node node;
  node.kind = std::move(kind);
  return node;
}

ConceptId add_unit(Nodes& nodes, const std::string& label) {
  Unit unit;
  unit.label = label;
  const ConceptId id = nodes.add(of(unit));
  nodes.enter(id);
  return id;
}

/// The boundary, and units a, b, c with ids 1, 2, 3.
Nodes three() {
  Nodes nodes;
  for (const char* label : {"\n", "a", "b", "c"}) add_unit(nodes, label);
  return nodes;
}

}  // namespace

TEST_CASE("nodes are found by what they are made of while they are active") {
  Nodes nodes = three();
  CHECK(nodes.find("b") == ConceptId{2});
  CHECK_FALSE(nodes.find("d"));
  const ConceptId ab = nodes.add(of(Composite{1, 2, {}}));
  CHECK(nodes[ab].length == 2);
  CHECK_FALSE(nodes.joined(1, 2));  // not before it is entered
  nodes.enter(ab);
  CHECK(nodes.joined(1, 2) == ab);
  CHECK_FALSE(nodes.joined(2, 1));
  CHECK(nodes[1].wholes == std::vector<ConceptId>{ab});
  CHECK(nodes.joined_nodes() == 1);
  nodes.leave(ab);
  nodes.set_active(ab, false);
  CHECK_FALSE(nodes.joined(1, 2));
  CHECK(nodes[1].wholes.empty());
  CHECK(nodes.joined_nodes() == 0);
}

TEST_CASE("concepts are counted through redirects, activity and release") {
  Nodes nodes = three();
  CHECK(nodes.concepts() == 3);
  nodes.set_redirect(3, 1);
  CHECK(nodes.concepts() == 2);
  CHECK(nodes.concept_of(3) == 1);
  nodes.set_redirect(1, 1);  // nothing changes
  CHECK(nodes.concepts() == 2);
  nodes.set_redirect(3, 2);  // from one concept to another
  CHECK(nodes[1].forms.empty());
  CHECK(nodes[2].forms == std::vector<ConceptId>{3});
  CHECK(nodes.concepts() == 2);
  nodes.set_redirect(3, 3);
  CHECK(nodes.concepts() == 3);
  nodes.set_active(2, false);
  nodes.set_active(2, false);
  CHECK(nodes.concepts() == 2);
  nodes.leave(3);
  nodes.release(3);
  CHECK(nodes.concepts() == 1);
  CHECK_FALSE(nodes.holds(3));
  CHECK_FALSE(nodes.holds(99));
  CHECK_FALSE(nodes.find("c"));
  CHECK_FALSE(nodes[3].active);
  CHECK(nodes.size() == 4);
}

TEST_CASE("a node that comes back has its old id") {
  Nodes nodes = three();
  nodes.leave(2);
  nodes.release(2);
  Unit unit;
  unit.label = "b again";
  nodes.put(2, of(unit));
  nodes.enter(2);
  CHECK(nodes.find("b again") == ConceptId{2});
  CHECK(nodes.concepts() == 3);
  CHECK_THROWS(nodes.put(2, of(unit)));  // it is there
}

TEST_CASE("bytes return to what they were when a node is gone, but for the place of its id") {
  Nodes nodes = three();
  const std::uint64_t before = nodes.bytes();
  const ConceptId id = add_unit(nodes, "a long label that takes some room");
  CHECK(nodes.bytes() > before);
  nodes.leave(id);
  nodes.release(id);
  CHECK(nodes.bytes() == before);
}

TEST_CASE("changed nodes are told once, ascending, and protected ones counted once") {
  Nodes nodes = three();
  CHECK(nodes.take_changed() == std::vector<ConceptId>{0, 1, 2, 3});
  nodes.protect(3);
  nodes.protect(3);
  nodes.touch(1);
  CHECK(nodes.protected_nodes() == 1);
  CHECK(nodes.take_changed() == std::vector<ConceptId>{1, 3});
  CHECK(nodes.take_changed().empty());
}

TEST_CASE("only what is listed is taken off a list") {
  Nodes nodes = three();
  nodes.add_sense(1, 9);
  nodes.add_sense(1, 7);
  CHECK(nodes[1].as<Unit>()->senses == std::vector<ConceptId>{7, 9});
  nodes.remove_sense(1, 9);
  CHECK_THROWS(nodes.remove_sense(1, 9));
  CHECK_THROWS(nodes.remove_whole(2, 1));
}
