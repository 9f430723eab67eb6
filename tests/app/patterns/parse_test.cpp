#include "app/patterns/parse.h"

#include <catch2/catch.hpp>

#include "app/patterns/pattern.h"
#include "tests/memory/support.h"

namespace noema::tests {
namespace {

using app::patterns::is_pattern;

std::string error(const std::string& text) {
  return memory::error_of([&] { app::patterns::parse(text); });
}

}  // namespace

TEST_CASE("a text is a pattern or SQL by how it begins") {
  for (const char* text :
       {"MATCH (a) RETURN a", "  match(a) return a", "OPTIONAL MATCH (a) RETURN a", "UNWIND [1] AS x RETURN x",
        "RETURN 1", "WITH 1 AS x MATCH (a) RETURN a", "WITH a.b AS c RETURN c", "// so\nMATCH (a) RETURN a",
        "/* so */ MATCH (a) RETURN a", "MERGE (a)", "CREATE (a)", "SET a.b = 1", "DETACH DELETE a", "CALL f()",
        "WITH f(x) AS y RETURN y", "DELETE a"})
    CHECK(is_pattern(text));
  for (const char* text :
       {"SELECT 1", "", "  ", "WITH a AS (SELECT 1) SELECT * FROM a", "WITH RECURSIVE a(b) AS (SELECT 1) SELECT 1",
        "with a as materialized (select 1) select 1", "WITH \"a b\" AS NOT MATERIALIZED (SELECT 1) SELECT 1",
        "CREATE TABLE a(b)", "DELETE FROM a", "PRAGMA user_version", "-- so\nSELECT 1", "DETACH x", "matches",
        "EXPLAIN SELECT 1", "VALUES(1)"})
    CHECK_FALSE(is_pattern(text));
}

TEST_CASE("an error says where, what was expected and what was found") {
  const std::string begin = "the pattern, line 1, column ";
  CHECK(error("MATCH (a:Concept RETURN a") == begin + "18: expected ')', found 'RETURN'");
  CHECK(error("MATCH (a)-[:PART_OF>(b) RETURN a") == begin + "20: expected ']', found '>'");
  CHECK(error("MATCH (a)-[:]->(b) RETURN a") == begin + "13: expected a relation type, such as PART_OF, found ']'");
  CHECK(error("MATCH (a:) RETURN a") == begin + "10: expected a label, such as Concept, found ')'");
  CHECK(error("MATCH (a)-[r]-> RETURN a") == begin + "17: expected a node, such as (b) or (b:Concept), found 'RETURN'");
  CHECK(error("MATCH (a) RETURN") == begin + "17: expected * or an expression, found the end");
  CHECK(error("MATCH (a) WHERE RETURN a") == begin + "17: expected an expression, found 'RETURN'");
  CHECK(error("RETURN 1 +") == begin + "11: expected an expression, found the end");
  CHECK(error("RETURN [1, 2") == begin + "13: expected ']', found the end");
  CHECK(error("RETURN 'abc") == begin + "12: expected a text that ends with a quotation mark ('), found the end");
  CHECK(error("RETURN 1 AS") == begin + "12: expected a name, found the end");
  CHECK(error("UNWIND [1] x RETURN x") == begin + "12: expected AS and a name for the elements, found 'x'");
  CHECK(error("RETURN a IS 1") == begin + "13: expected NULL or NOT NULL after IS, found '1'");
  CHECK(error("RETURN CASE WHEN 1 END") == begin + "20: expected THEN, found 'END'");
  CHECK(error("RETURN $") == begin + "9: expected a parameter's name after '$', found the end");
  CHECK(error("RETURN 1 ORDER a") == begin + "16: expected BY after ORDER, found 'a'");
  CHECK_THAT(error("MATCH (a)\n  RETUN a"),
             Catch::Contains("line 2, column 3") && Catch::Contains("found 'RETUN'; did you mean RETURN?"));
  CHECK_THAT(error("MATCH (道)-[:X]->(b) RETUN 道"), Catch::Contains("line 1, column 21"));
  CHECK_THAT(error("MATCH (a) RETURN a §"), Catch::Contains("column 20") && Catch::Contains("found '§'"));
  CHECK_THAT(error(""), Catch::Contains("line 1, column 1: expected MATCH, OPTIONAL MATCH, UNWIND, WITH or RETURN"));
}

TEST_CASE("what is outside of the subset is refused by its name") {
  for (const char* clause :
       {"CREATE", "MERGE", "SET", "DELETE", "DETACH", "REMOVE", "CALL", "FOREACH", "LOAD", "UNION"})
    CHECK_THAT(error(std::string("MATCH (a) ") + clause + " (b) RETURN a"),
               Catch::Contains(std::string(clause) + " is outside of the subset: patterns only read"));
  CHECK_THAT(error("MATCH p = shortestPath((a)-[*]->(b)) RETURN p"),
             Catch::Contains("shortestPath is outside of the subset"));
  CHECK_THAT(error("MATCH (a)-[*]->(b) RETURN a"), Catch::Contains("a variable length needs a bound, such as *1..3"));
  CHECK_THAT(error("MATCH (a)-[*2..]->(b) RETURN a"), Catch::Contains("a variable length needs a bound"));
  CHECK_THAT(error("MATCH (a)-[*1..99]->(b) RETURN a"), Catch::Contains("goes up to 20, found 99"));
  CHECK_THAT(error("MATCH (a)-[*3..2]->(b) RETURN a"), Catch::Contains("the length 3..2 holds no number"));
  for (const char* pattern : {"(a)-->(b)", "NOT (a)-[:X]->(b)", "(a)<-[:X]-(b)", "(a)-[r:X]->(b)", "exists((a)-->())"})
    CHECK_THAT(error(std::string("MATCH (a) WHERE ") + pattern + " RETURN a"),
               Catch::Contains("stands in a condition as EXISTS {"));
  CHECK_THAT(error("MATCH (a) WHERE a.label =~ 'x' RETURN a"),
             Catch::Contains("=~ is outside of the subset; use STARTS WITH"));
}

TEST_CASE("names in backquotes, comments, and words that are names elsewhere") {
  CHECK(error("MATCH (`a b`) RETURN `a b`.`label`; ").empty());
  CHECK(error("MATCH /* ( */ (a) // )\nRETURN a.order, a.limit, a.match").empty());
  CHECK(error("MATCH (words) WHERE words.inner = 1 RETURN words AS notes").empty());
  CHECK(error("MATCH (概念:Concept) RETURN 概念.label AS 名").empty());
  CHECK_THAT(error("RETURN 99999999999999999999"), Catch::Contains("the number is too large"));
  CHECK_THAT(error("RETURN 1e999"), Catch::Contains("the number is too large"));
  CHECK_THAT(error("RETURN '\\q'"), Catch::Contains("an escape that is none of"));
  CHECK_THAT(error("RETURN '\\uD800'"), Catch::Contains("four hexadecimal digits"));
}

}  // namespace noema::tests
