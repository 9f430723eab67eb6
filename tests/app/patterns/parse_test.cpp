#include "app/patterns/parse.h"

#include <catch2/catch.hpp>

#include "tests/memory/support.h"

namespace noema::tests {
namespace {

using app::patterns::parse;

std::string error(const std::string& text) {
  return memory::error_of([&] { parse(text); });
}

}  // namespace

TEST_CASE("clauses, paths and what follows them are read as they stand") {
  const auto query = parse(
      "OPTIONAL MATCH p = (a:Concept:Sense {label: 'x', count: 2})<-[r:PART_OF|:FOLLOWS]-() WHERE true\n"
      "RETURN DISTINCT a AS one, a.count ORDER BY one DESC, 2 SKIP 1 LIMIT 3");
  REQUIRE(query.size() == 2);
  CHECK(query[1].at.line == 2);
  const auto& match = std::get<app::patterns::Match>(query[0].node);
  CHECK(match.is_optional);
  CHECK(match.condition.size() == 1);
  const auto& path = match.paths.at(0);
  CHECK(path.variable.text == "p");
  REQUIRE(path.nodes.size() == 2);
  CHECK(path.nodes[0].labels.at(1).text == "Sense");
  CHECK(path.nodes[0].properties.at(1).key.text == "count");
  CHECK(path.nodes[1].variable.empty());
  CHECK(path.edges.at(0).direction == app::patterns::Direction::kLeft);
  CHECK(path.edges[0].types.at(1).text == "FOLLOWS");
  CHECK_FALSE(path.edges[0].range);
  const auto& result = std::get<app::patterns::Projection>(query[1].node);
  CHECK(result.is_return);
  CHECK(result.is_distinct);
  REQUIRE(result.items.size() == 2);
  CHECK(result.items[0].name == "one");
  CHECK(result.items[1].name == "a.count");  // its text
  CHECK_FALSE(result.items[1].is_named);
  REQUIRE(result.order.size() == 2);
  CHECK(result.order[0].is_descending);
  CHECK_FALSE(result.order[1].is_descending);
  CHECK(result.skip.size() == 1);
  CHECK(result.limit.size() == 1);
}

TEST_CASE("a variable length has its ends, from one unless it says otherwise") {
  const auto range_in = [](const std::string& range) {
    const auto query = parse("MATCH ()-[" + range + "]->() RETURN 1");
    const auto found = std::get<app::patterns::Match>(query[0].node).paths[0].edges[0].range.value();
    return std::pair(found.least, found.most);
  };
  CHECK(range_in("*2") == std::pair(2, 2));
  CHECK(range_in("*..3") == std::pair(1, 3));
  CHECK(range_in("*0..20") == std::pair(0, 20));
  CHECK_THAT(error("MATCH (a)-[*]->(b) RETURN a"), Catch::Contains("a variable length needs a bound, such as *1..3"));
  CHECK_THAT(error("MATCH (a)-[*2..]->(b) RETURN a"), Catch::Contains("a variable length needs a bound"));
  CHECK_THAT(error("MATCH (a)-[*1..99]->(b) RETURN a"), Catch::Contains("goes up to 20, found 99"));
  CHECK_THAT(error("MATCH (a)-[*3..2]->(b) RETURN a"), Catch::Contains("the length 3..2 holds no number"));
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
