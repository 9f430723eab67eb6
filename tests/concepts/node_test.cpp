#include "concepts/node.h"

#include <catch2/catch.hpp>

#include "base/error.h"

using namespace noema::concepts;

namespace {

Node of(NodeKind kind) {
  Node node;
  node.kind = std::move(kind);
  return node;
}

}  // namespace

TEST_CASE("a node is of one kind, and has what only that kind has") {
  Node node = of(Composite{3, 4, {}});
  CHECK(node.is<Composite>());
  CHECK_FALSE(node.is<Unit>());
  CHECK(node.as<Unit>() == nullptr);
  REQUIRE(node.as<Composite>() != nullptr);
  node.as<Composite>()->second = 5;
  CHECK(parts_of(node) == std::vector<ConceptId>{3, 5});
  CHECK_FALSE(Node::gone().active);
}

TEST_CASE("what a node names, and the set that goes with it, by kind") {
  const Node sense = of(Sense{2, Side::kAfter, {3, 4}});
  const Node schema = of(Schema{5, 6, true, {7, 8}, {}});
  const Node category = of(Category{1, {9, 10}});
  CHECK(named_by(sense) == std::vector<ConceptId>{3, 4, 2});
  CHECK(companions_of(sense) == std::vector<ConceptId>{3, 4});
  CHECK(parts_of(sense).empty());
  CHECK(parts_of(schema) == std::vector<ConceptId>{6, 5});  // the slot comes first
  CHECK(companions_of(schema) == std::vector<ConceptId>{7, 8});
  CHECK(category_members(category) == std::vector<ConceptId>{9, 10});
  CHECK(category_members(sense).empty());
  CHECK(named_by(category).empty());
}

TEST_CASE("only composites and schemas count what follows them") {
  CHECK(followers_in(of(Composite{})) != nullptr);
  CHECK(followers_in(of(Schema{})) != nullptr);
  CHECK(followers_in(of(Unit{})) == nullptr);
  CHECK(followers_in(of(Sense{})) == nullptr);
  CHECK(followers_in(of(Category{})) == nullptr);
}

TEST_CASE("names on disk, and what thoughts may do with a kind") {
  CHECK(name_of(of(Unit{})) == "sense");
  CHECK(name_of(of(Sense{})) == "sense");
  CHECK(name_of(of(Composite{})) == "composite");
  CHECK(name_of(of(Schema{})) == "schema");
  CHECK(name_of(of(Category{})) == "category");
  const Traits unit = traits_of(of(Unit{})), schema = traits_of(of(Schema{})), category = traits_of(of(Category{}));
  CHECK((unit.may_merge && unit.may_be_part && unit.may_be_fixed && unit.may_move));
  CHECK_FALSE((schema.may_merge || schema.may_be_part || schema.may_be_fixed || schema.may_move));
  CHECK((category.may_move && !category.may_merge && !category.may_be_part));
}

TEST_CASE("a record becomes a node of the kind that it describes, with what all nodes have") {
  NodeRecord record;
  record.id = 12;
  record.kind = "sense";
  record.label = "cat";
  record.made_by = 4;
  record.details = {{"active", false}, {"protected", true}, {"category", 7}};
  const Node unit = node_of(record);
  REQUIRE(unit.is<Unit>());
  CHECK(unit.as<Unit>()->label == "cat");
  CHECK_FALSE(unit.active);
  CHECK(unit.is_protected);
  CHECK(unit.category == 7);
  CHECK(unit.redirect == 12);  // itself
  CHECK(unit.made_by == 4);
  record.details["origin"] = 3;
  record.redirect = 5;
  CHECK(node_of(record).is<Sense>());
  CHECK(node_of(record).redirect == 5);
  record.kind = "dream";
  CHECK_THROWS_WITH(node_of(record), Catch::Contains("12") && Catch::Contains("dream"));
}

TEST_CASE("what a node holds grows with its lists") {
  Node category = of(Category{1, {}});
  CHECK(held_by(category) == 0);
  category.as<Category>()->members = {1, 2, 3};
  category.wholes = {4};
  category.forms = {5, 6};
  CHECK(held_by(category) == 6 * sizeof(ConceptId));
}
