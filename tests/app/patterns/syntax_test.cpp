#include "app/patterns/syntax.h"

#include <catch2/catch.hpp>

#include "app/patterns/parse.h"
#include "base/error.h"

using namespace noema;
using namespace noema::app::patterns;

namespace {

using VariableNames = std::vector<std::string>;

/// The expression of "RETURN ...".
Expression returned(const std::string& text) {
  return std::get<Projection>(parse("RETURN " + text).front().node).items.front().expression;
}

/// The integers that are children of an expression, in their order; -1 for another child.
std::vector<std::int64_t> numbers_below(const std::string& text) {
  const Expression expression = returned(text);
  std::vector<std::int64_t> numbers;
  for (const Expression* child : children(expression)) {
    const auto* literal = std::get_if<Literal>(&child->node);
    const auto* number = literal == nullptr ? nullptr : std::get_if<std::int64_t>(&literal->value);
    numbers.push_back(number == nullptr ? -1 : *number);
  }
  return numbers;
}

using Numbers = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("what stands alone has no expressions within it") {
  for (const char* text : {"1", "2.5", "'a'", "true", "null", "$p", "a", "count(*)", "[]"})
    CHECK(numbers_below(text).empty());
}

TEST_CASE("the expressions within an expression come from left to right, and those within them do not") {
  CHECK(numbers_below("1 + 2 - 3") == Numbers{1, 2, 3});
  CHECK(numbers_below("1 + 2 * 3") == Numbers{1, -1});
  CHECK(numbers_below("1 < 2 <= 3") == Numbers{1, 2, 3});
  CHECK(numbers_below("[1, 2, [3]]") == Numbers{1, 2, -1});
  CHECK(numbers_below("f(DISTINCT 1, 2)") == Numbers{1, 2});
  CHECK(numbers_below("1 IN 2") == Numbers{1, 2});
  CHECK(numbers_below("1 IS NOT NULL") == Numbers{1});
  CHECK(numbers_below("-(1)") == Numbers{1});
  CHECK(numbers_below("NOT 1") == Numbers{1});
  CHECK(numbers_below("1 OR 2 OR 3") == Numbers{1, 2, 3});
  CHECK(numbers_below("1[2]") == Numbers{1, 2});
  CHECK(numbers_below("(1).a") == Numbers{1});
  CHECK(numbers_below("(1):Concept") == Numbers{1});
  CHECK(numbers_below("[x IN 1 WHERE 2 | 3]") == Numbers{1, 2, 3});
  CHECK(numbers_below("[x IN 1]") == Numbers{1});
}

TEST_CASE("of CASE all conditions come before all results; of EXISTS come the properties and the condition") {
  CHECK(numbers_below("CASE 1 WHEN 2 THEN 3 WHEN 4 THEN 5 ELSE 6 END") == Numbers{1, 2, 4, 3, 5, 6});
  CHECK(numbers_below("CASE WHEN 2 THEN 3 END") == Numbers{2, 3});
  CHECK(numbers_below("EXISTS { (a {x: 1})-[r {y: 2}]->(b {z: 3}) WHERE 4 }") == Numbers{1, 3, 2, 4});
}

TEST_CASE("the variables of an expression are all that it reads at any depth, as often as it does") {
  const auto names_in = [](const std::string& text) { return variables_in(returned(text)); };
  CHECK(names_in("1 + $p").empty());
  CHECK(names_in("a.count + f(b, [a])[c]") == VariableNames{"a", "b", "a", "c"});
  CHECK(names_in("CASE a WHEN b THEN c ELSE d END") == VariableNames{"a", "b", "c", "d"});
  CHECK(names_in("`a b`:Concept") == VariableNames{"a b"});
}

TEST_CASE("what a comprehension or EXISTS names itself is among the variables in it") {
  const auto names_in = [](const std::string& text) { return variables_in(returned(text)); };
  CHECK(names_in("[x IN a WHERE x > b | c]") == VariableNames{"a", "x", "b", "c"});
  CHECK(names_in("EXISTS { (a)-[r]->(b {x: c})--() WHERE d }") == VariableNames{"a", "b", "c", "d"});
}

TEST_CASE("a refusal is an error of the user's that begins with the place") {
  CHECK_THROWS_WITH(refuse({3, 14}, "so not"), "the pattern, line 3, column 14: so not");
  CHECK_THROWS_AS(refuse({}, "so not"), base::Error);
  CHECK_THROWS_WITH(refuse({}, ""), "the pattern, line 1, column 1: ");
}
