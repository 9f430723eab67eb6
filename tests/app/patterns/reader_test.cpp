#include "app/patterns/reader.h"

#include <catch2/catch.hpp>

#include "app/patterns/grammar.h"
#include "app/patterns/pattern.h"
#include "tests/memory/support.h"

namespace noema::tests {
namespace {

namespace grammar = app::patterns::grammar;
using app::patterns::is_pattern;
using app::patterns::place_of;
using app::patterns::read_tree;
using app::patterns::Tree;

std::string reading_error(const std::string& text) {
  return memory::error_of([&] { read_tree(text); });
}

/// "line:column".
std::string written_place(std::string_view text, std::size_t byte) {
  const auto place = place_of(text, byte);
  return std::to_string(place.line) + ":" + std::to_string(place.column);
}

/// What the only item of "RETURN ..." is.
struct OnlyItem {
  std::string text;
  std::unique_ptr<Tree> root;

  explicit OnlyItem(const std::string& expression) : text("RETURN " + expression), root(read_tree(text)) {}
  const Tree& operator*() const { return *root->children[0]->children[0]->children[0]->children[0]; }
};

}  // namespace

TEST_CASE("a byte's place counts lines and characters from 1") {
  CHECK(written_place("", 0) == "1:1");
  CHECK(written_place("ab\ncd", 1) == "1:2");
  CHECK(written_place("ab\ncd", 2) == "1:3");  // the line feed itself
  CHECK(written_place("ab\ncd", 3) == "2:1");
  CHECK(written_place("ab\ncd", 5) == "2:3");
  CHECK(written_place("道a", 3) == "1:2");
  CHECK(written_place("é道\n\n道x", 10) == "3:2");
  CHECK(written_place("ab", 99) == "1:3");  // behind the end is at the end
}

TEST_CASE("the root's children are the clauses, in order, each with its text") {
  const std::string text = "MATCH (a) OPTIONAL MATCH (b) WITH a UNWIND [1] AS x RETURN x ;";
  const auto root = read_tree(text);
  REQUIRE(root->children.size() == 5);
  CHECK(root->children[0]->is_type<grammar::match_clause>());
  CHECK(root->children[1]->is_type<grammar::match_clause>());
  CHECK(root->children[2]->is_type<grammar::with_clause>());
  CHECK(root->children[3]->is_type<grammar::unwind_clause>());
  CHECK(root->children[4]->is_type<grammar::return_clause>());
  CHECK(root->children[2]->string_view() == "WITH a ");
  CHECK(root->children[2]->string_view().data() == text.data() + text.find("WITH"));  // it refers to the text
}

TEST_CASE("a rule of which one part is there is that part, and words and marks are left out") {
  CHECK((*OnlyItem("((1))")).is_type<grammar::integer>());
  CHECK((*OnlyItem("a")).is_type<grammar::variable>());
  CHECK((*OnlyItem("1 + 2 * 3")).is_type<grammar::sum>());
  CHECK((*OnlyItem("NOT a = b")).is_type<grammar::negation>());
  const OnlyItem list("[1, 'b', $c]");
  REQUIRE((*list).is_type<grammar::list>());
  REQUIRE((*list).children.size() == 3);
  CHECK((*list).children[1]->string_view() == "'b'");
  CHECK((*list).children[2]->is_type<grammar::parameter_name>());
  CHECK((*list).children[2]->string_view() == "c");
}

TEST_CASE("a text is a pattern or SQL by how it begins") {
  for (const char* text :
       {"MATCH (a) RETURN a", "  match(a) return a", "OPTIONAL MATCH (a) RETURN a", "UNWIND [1] AS x RETURN x",
        "RETURN 1", "WITH 1 AS x MATCH (a) RETURN a", "WITH a.b AS c RETURN c", "// so\nMATCH (a) RETURN a",
        "/* so */ MATCH (a) RETURN a", "MERGE (a)", "CREATE (a)", "SET a.b = 1", "DETACH DELETE a", "CALL f()",
        "WITH f(x) AS y RETURN y", "DELETE a", "  match (a) return a", "WITH 1 AS x RETURN x"})
    CHECK(is_pattern(text));
  for (const char* text :
       {"SELECT 1", "", "  ", "WITH a AS (SELECT 1) SELECT * FROM a", "WITH RECURSIVE a(b) AS (SELECT 1) SELECT 1",
        "with a as materialized (select 1) select 1", "WITH \"a b\" AS NOT MATERIALIZED (SELECT 1) SELECT 1",
        "CREATE TABLE a(b)", "DELETE FROM a", "PRAGMA user_version", "-- so\nSELECT 1", "DETACH x", "matches",
        "EXPLAIN SELECT 1", "VALUES(1)", "\xff\xfe", "select * from concept", "matched", "VALUES (1)"})
    CHECK_FALSE(is_pattern(text));
}

TEST_CASE("an error says where, what was expected and what was found") {
  const std::string begin = "the pattern, line 1, column ";
  CHECK(reading_error("MATCH (a:Concept RETURN a") == begin + "18: expected ')', found 'RETURN'");
  CHECK(reading_error("MATCH (a)-[:PART_OF>(b) RETURN a") == begin + "20: expected ']', found '>'");
  CHECK(reading_error("MATCH (a)-[:]->(b) RETURN a") ==
        begin + "13: expected a relation type, such as PART_OF, found ']'");
  CHECK(reading_error("MATCH (a:) RETURN a") == begin + "10: expected a label, such as Concept, found ')'");
  CHECK(reading_error("MATCH (a)-[r]-> RETURN a") ==
        begin + "17: expected a node, such as (b) or (b:Concept), found 'RETURN'");
  CHECK(reading_error("MATCH (a) RETURN") == begin + "17: expected * or an expression, found the end");
  CHECK(reading_error("MATCH (a) WHERE RETURN a") == begin + "17: expected an expression, found 'RETURN'");
  CHECK(reading_error("RETURN 1 +") == begin + "11: expected an expression, found the end");
  CHECK(reading_error("RETURN [1, 2") == begin + "13: expected ']', found the end");
  CHECK(reading_error("RETURN 'abc") ==
        begin + "12: expected a text that ends with a quotation mark ('), found the end");
  CHECK(reading_error("RETURN 1 AS") == begin + "12: expected a name, found the end");
  CHECK(reading_error("UNWIND [1] x RETURN x") == begin + "12: expected AS and a name for the elements, found 'x'");
  CHECK(reading_error("RETURN a IS 1") == begin + "13: expected NULL or NOT NULL after IS, found '1'");
  CHECK(reading_error("RETURN CASE WHEN 1 END") == begin + "20: expected THEN, found 'END'");
  CHECK(reading_error("RETURN $") == begin + "9: expected a parameter's name after '$', found the end");
  CHECK(reading_error("RETURN 1 ORDER a") == begin + "16: expected BY after ORDER, found 'a'");
  CHECK_THAT(reading_error("MATCH (a)\n  RETUN a"),
             Catch::Contains("line 2, column 3") && Catch::Contains("found 'RETUN'; did you mean RETURN?"));
  CHECK_THAT(reading_error("MATCH (道)-[:X]->(b) RETUN 道"), Catch::Contains("line 1, column 21"));
  CHECK_THAT(reading_error("MATCH (a) RETURN a §"), Catch::Contains("column 20") && Catch::Contains("found '§'"));
  CHECK_THAT(reading_error(""),
             Catch::Contains("line 1, column 1: expected MATCH, OPTIONAL MATCH, UNWIND, WITH or RETURN"));
}

TEST_CASE("what is outside of the subset is refused by its name") {
  for (const char* clause :
       {"CREATE", "MERGE", "SET", "DELETE", "DETACH", "REMOVE", "CALL", "FOREACH", "LOAD", "UNION"})
    CHECK_THAT(reading_error(std::string("MATCH (a) ") + clause + " (b) RETURN a"),
               Catch::Contains(std::string(clause) + " is outside of the subset: patterns only read"));
  CHECK_THAT(reading_error("create (a)"), Catch::Contains("column 1: CREATE is outside of the subset"));
  CHECK_THAT(reading_error("MATCH p = shortestPath((a)-[*]->(b)) RETURN p"),
             Catch::Contains("column 11: shortestPath is outside of the subset"));
  CHECK_THAT(reading_error("MATCH (a) WHERE a.label =~ 'x' RETURN a"),
             Catch::Contains("=~ is outside of the subset; use STARTS WITH"));
  for (const char* pattern : {"(a)-->(b)", "NOT (a)-[:X]->(b)", "(a)<-[:X]-(b)", "(a)-[r:X]->(b)", "exists((a)-->())"})
    CHECK_THAT(reading_error(std::string("MATCH (a) WHERE ") + pattern + " RETURN a"),
               Catch::Contains("stands in a condition as EXISTS {"));
}

TEST_CASE("forty expressions may stand in one another, and one more is refused where it stands") {
  const auto nested = [](std::size_t deep) {
    return "RETURN " + std::string(deep, '(') + "1" + std::string(deep, ')');
  };
  CHECK(reading_error(nested(40)).empty());
  CHECK(reading_error(nested(41)) == "the pattern, line 1, column 49: expressions are nested more than 40 deep");
}

}  // namespace noema::tests
