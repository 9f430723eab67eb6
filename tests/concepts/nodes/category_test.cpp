#include "concepts/nodes/category.h"

#include <catch2/catch.hpp>

#include "concepts/nodes/record.h"
#include "tests/concepts/random_graphs.h"

using namespace noema::concepts;

TEST_CASE("a category is written as its four commonest members in braces, older ones first") {
  Graph graph = graph_of({{"a", "b", "c", "d", "e"}});
  const auto w = ids_of(graph, {"a", "b", "c", "d", "e"});
  const Commonness commonness = [&](ConceptId id) { return id == w[4] ? 9 : 1; };
  CHECK(Category{1, {w[0], w[1]}}.written(graph.nodes(), commonness) == " {a|b}");
  CHECK(Category{1, w}.written(graph.nodes(), commonness) == " {e|a|b|c|..}");
  CHECK(Category{1, {}}.written(graph.nodes(), commonness) == " {}");
}

TEST_CASE("a category is named by the first of its members' names and its height") {
  const std::vector<std::string> names{"", "b", "a"};
  const CanonicalName name_of = [&](ConceptId id) -> const std::string& { return names[id]; };
  CHECK(Category{2, {1, 2}}.canonical_name(name_of) == "a\x1e" + std::string("2"));
}

TEST_CASE("a category costs five bits, has no units, names nothing and does not fade") {
  const Category category{1, {3, 4}};
  CHECK(category.bits(100) == 5);
  CHECK(category.named().empty());
  CHECK(category.companions() == std::vector<ConceptId>{3, 4});
  CHECK_FALSE(category.may_fade());
  std::vector<ConceptId> units;
  category.add_units(Nodes(), 9, units);
  CHECK(units.empty());
  CHECK_FALSE(Category{0, {}}.fits(Nodes(), 1));
}

TEST_CASE("a category's record has its height; its members come with what lies in it") {
  NodeRecord record;
  record.kind = "category";
  Category{4, {3, 5}}.save(record, true);
  CHECK(record.details["members"].size() == 2);
  REQUIRE(Category::describes(record));
  const Category again = Category::load(record);
  CHECK(again.height == 4);
  CHECK(again.members.empty());
  CHECK(Category::load(NodeRecord{}).height == 1);
}
