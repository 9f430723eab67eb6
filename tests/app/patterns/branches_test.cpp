#include "app/patterns/branches.h"

#include <catch2/catch.hpp>

#include "app/patterns/parse.h"
#include "base/error.h"

using namespace noema;
using namespace noema::app::patterns;

namespace {

/// The paths of a pattern's MATCH, and what they can be read as.
struct ReadPaths {
  Query query;
  Scope scope;

  explicit ReadPaths(const std::string& paths, Scope bound = {})
      : query(parse("MATCH " + paths + " RETURN 1")), scope(std::move(bound)) {}
  Elements elements() const { return elements_of(std::get<Match>(query.front().node).paths, scope); }
  std::vector<Branch> branches() const { return branches_of(elements(), scope); }
  std::string refused() const {
    try {
      branches();
    } catch (const base::Error& error) {
      return error.what();
    }
    return "";
  }
};

std::vector<Branch> branches_in(const std::string& paths) { return ReadPaths(paths).branches(); }

/// "Concept Concept", the labels of a branch's nodes.
std::string labels_of(const Branch& branch) {
  std::string labels;
  for (const NodeKind* kind : branch.kinds) labels += (labels.empty() ? "" : " ") + std::string(kind->label);
  return labels;
}

Scope bound_to(const std::string& name, Type type) {
  Scope scope;
  Value value;
  value.sql = "x";
  value.type = std::move(type);
  scope.set(name, value);
  return scope;
}

using Indices = std::vector<std::size_t>;

}  // namespace

TEST_CASE("a variable that stands twice is one node, with all its labels and properties") {
  const ReadPaths read("p = (a:Sense {label: 'x'})-[r:FOLLOWS]->()<-[:PART_OF]-(a:Concept {count: 3}), (b)");
  const Elements elements = read.elements();
  REQUIRE(elements.nodes.size() == 3);
  CHECK(elements.nodes[0].name == "a");
  CHECK(elements.nodes[1].name == "#n1");  // no variable can be named so
  REQUIRE(elements.nodes[0].labels.size() == 2);
  CHECK(elements.nodes[0].labels[1].text == "Concept");
  REQUIRE(elements.nodes[0].properties.size() == 2);
  CHECK(elements.nodes[0].properties[1]->key.text == "count");
  REQUIRE(elements.edges.size() == 2);
  CHECK(elements.edges[0].name == "r");
  CHECK(elements.edges[1].name == "#e1");
  CHECK(elements.edges[1].left == 1);  // as it stands in the text, whatever its arrow
  CHECK(elements.edges[1].right == 0);
  REQUIRE(elements.paths.size() == 2);
  CHECK(elements.paths[0].name.text == "p");
  CHECK(elements.paths[0].nodes == Indices{0, 1, 0});
  CHECK(elements.paths[0].edges == Indices{0, 1});
  CHECK(elements.paths[1].nodes == Indices{2});
}

TEST_CASE("nodes without a variable are nodes of their own") {
  CHECK(ReadPaths("()-->(), ()").elements().nodes.size() == 3);
}

TEST_CASE("an arrow is read in its direction, and types of one kind in one reading") {
  const auto right = branches_in("(a)-[:PART_OF]->(b)"), left = branches_in("(a)<-[:PART_OF|FOLLOWS]-(b)");
  REQUIRE(right.size() == 1);
  CHECK(labels_of(right[0]) == "Concept Concept");
  CHECK_FALSE(right[0].edges[0].is_reversed);
  REQUIRE(right[0].edges[0].types.size() == 1);
  CHECK(std::string(right[0].edges[0].types[0]->name) == "PART_OF");
  REQUIRE(left.size() == 1);
  CHECK(left[0].edges[0].is_reversed);
  CHECK_FALSE(left[0].edges[0].is_both);
  CHECK(left[0].edges[0].types.size() == 2);
}

TEST_CASE("without an arrow relations among nodes of one kind are read both ways, others as they go") {
  const auto alike = branches_in("(a)-[:PART_OF]-(b)");
  REQUIRE(alike.size() == 2);
  for (const Branch& branch : alike) CHECK(branch.edges[0].is_both);
  CHECK(alike[0].edges[0].is_reversed != alike[1].edges[0].is_reversed);
  const auto other = branches_in("(a:Episode)-[:MENTIONED_IN]-(b)");
  REQUIRE(other.size() == 1);
  CHECK(labels_of(other[0]) == "Episode Concept");
  CHECK(other[0].edges[0].is_reversed);
  CHECK_FALSE(other[0].edges[0].is_both);
  const auto walk = branches_in("(a)-[:PART_OF*1..3]-(b)");  // which goes both ways by itself
  REQUIRE(walk.size() == 1);
  CHECK(walk[0].edges[0].is_both);
}

TEST_CASE("types of several kinds are a branch each, and every branch knows what it is in the others") {
  const auto branches = branches_in("(a)-[:PART_OF|WRITTEN|ABOUT]->(b)");
  REQUIRE(branches.size() == 3);
  CHECK(labels_of(branches[0]) == "Concept Concept");
  CHECK(labels_of(branches[1]) == "Concept Form");
  CHECK(labels_of(branches[2]) == "Thought Concept");
  for (const Branch& branch : branches) {
    CHECK(branch.all_kinds[0].size() == 2);
    CHECK(branch.all_kinds[1].size() == 2);
    CHECK(branch.all_relations[0].size() == 3);
  }
}

TEST_CASE("without a type a relation is each kind once, and the second name of one is not read besides") {
  std::size_t kinds = 0;
  for (const Branch& branch : branches_in("(a)-->(b)")) {
    ++kinds;
    CHECK(branch.edges[0].types.empty());
    CHECK(branch.edges[0].kind != relation_type_named({{}, "MENTIONS"}).kind);
  }
  CHECK(kinds == 8);
  CHECK(branches_in("(a)-[:MENTIONS]->(b)").size() == 1);
  const auto among = branches_in("(a)-[*1..2]->(b)");  // only nodes of one kind can be walked along
  REQUIRE(among.size() == 2);
  CHECK(labels_of(among[0]) == "Concept Concept");
  CHECK(labels_of(among[1]) == "Thing Thing");
}

TEST_CASE("a node alone can be of every kind, and a label or what it was bound to leaves some") {
  CHECK(branches_in("(a)").size() == node_kinds().size());
  CHECK(branches_in("(a:Composite), (b:Thing)").size() == 1);
  const NodeKind *episode = label_named({{}, "Episode"}).kind, *rule = label_named({{}, "Rule"}).kind;
  const Scope scope = bound_to("a", {Base::kNode, {episode, rule}});
  CHECK(ReadPaths("(a)", scope).branches().size() == 2);
  CHECK(ReadPaths("(a:Rule)", scope).branches().size() == 1);
  const auto branches = ReadPaths("(a)<--(b)", scope).branches();
  REQUIRE(branches.size() == 3);  // evidence, mentions and what told a thing
  for (const Branch& branch : branches) CHECK(branch.kinds[0] == episode);
  CHECK(ReadPaths("(a:Thing)", scope).refused() ==
        "the pattern, line 1, column 10: no node has the label Thing beside what else is asked of it");
}

TEST_CASE("what cannot be read in any way is refused, with what the named types connect") {
  CHECK(ReadPaths("(t:Thought)-[:PART_OF|:FACT|:PART_OF]->(c:Concept)").refused() ==
        "the pattern, line 1, column 18: no relation can connect these nodes: PART_OF goes from Concept to Concept, "
        "FACT goes from Thing to Thing; a variable length stays among nodes of one kind");
  CHECK(ReadPaths("(r:Rule)-->(c)").refused() ==
        "the pattern, line 1, column 15: no relation can connect these nodes; a variable length stays among nodes of "
        "one kind");
  CHECK_THAT(ReadPaths("(a)-[:ABOUT*1..2]->(b)").refused(), Catch::Contains("no relation can connect these nodes"));
  CHECK(ReadPaths("(a:Composite:Episode)").refused() ==
        "the pattern, line 1, column 20: no node has the label Episode beside what else is asked of it");
}

TEST_CASE("a pattern with too many ways to be read, or too many relations, is refused") {
  CHECK(ReadPaths("(a)--(b)--(c)--(d)").refused() ==
        "the pattern, line 1, column 7: there are more than 32 ways to read this pattern; give nodes labels and "
        "relations types and arrows");
  std::string chain = "(a)";
  for (std::size_t i = 0; i < kMostElements; ++i) chain += "-[:PART_OF]->()";
  CHECK(ReadPaths(chain).branches().size() == 1);
  CHECK_THAT(ReadPaths(chain + "-[:PART_OF]->()").refused(),
             Catch::Contains("one MATCH has at most 24 relations; take several, with WITH between them"));
}

TEST_CASE("relations and paths need names that nothing else has, and only nodes can be nodes again") {
  const std::string taken = " stands for something already; relations and paths need a new name";
  CHECK(ReadPaths("(a)-[a]->(b)").refused() == "the pattern, line 1, column 10: 'a'" + taken);
  CHECK_THAT(ReadPaths("(a)-[r]->(b)-[r]->(c)").refused(), Catch::Contains("column 19: 'r'" + taken));
  CHECK_THAT(ReadPaths("a = (a)-->(b)").refused(), Catch::Contains("column 7: 'a'" + taken));
  CHECK_THAT(ReadPaths("(a)-[r]->(b)", bound_to("r", {Base::kText})).refused(), Catch::Contains("'r'" + taken));
  CHECK(ReadPaths("(a)", bound_to("a", {Base::kInteger})).refused() ==
        "the pattern, line 1, column 7: 'a' is a number, not a node");
}
