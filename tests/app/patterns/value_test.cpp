#include "app/patterns/value.h"

#include <catch2/catch.hpp>

using namespace noema::app::patterns;

TEST_CASE("what may be of two types is of one only where they agree") {
  const Type integer{Base::kInteger}, text{Base::kText};
  CHECK(either(integer, integer).base == Base::kInteger);
  CHECK(either(integer, text).base == Base::kAny);
  CHECK(either({Base::kNull}, text).base == Base::kText);
  CHECK(either(text, {Base::kNull}).base == Base::kText);
  CHECK_FALSE(either(integer, text).is_known());
  CHECK(integer.is_number());
  CHECK_FALSE(text.is_number());
}

TEST_CASE("a list knows the type of its elements, and is named in messages") {
  const Type list = list_of({Base::kText});
  CHECK(list.base == Base::kList);
  REQUIRE(list.element);
  CHECK(list.element->base == Base::kText);
  CHECK_THAT(name_of(list), Catch::Contains("list"));
  CHECK_THAT(name_of({Base::kInteger}), Catch::Contains("number") || Catch::Contains("integer"));
  for (const Base base : {Base::kNull, Base::kAny, Base::kBoolean, Base::kReal, Base::kText, Base::kNode, Base::kPath})
    CHECK_FALSE(name_of({base}).empty());
}

TEST_CASE("a text or a name cannot end its own quotation") {
  CHECK(quoted("plain") == "'plain'");
  CHECK(quoted("it's") == "'it''s'");
  CHECK(quoted("'; DROP TABLE log; --") == "'''; DROP TABLE log; --'");
  CHECK(identifier("a b") == "\"a b\"");
  CHECK(identifier("say \"x\"") == "\"say \"\"x\"\"\"");
}

TEST_CASE("names are compared as SQL compares them: letters A to Z alone lose their case") {
  CHECK(lower_case("FoO_9") == "foo_9");
  CHECK(lower_case("ÄÖ道") == "ÄÖ道");
}

TEST_CASE("a compound value is put into brackets as an operand, a simple one is not") {
  Value sum{"a + b", {Base::kInteger}};
  CHECK(operand(sum) == "a + b");
  sum.is_compound = true;
  CHECK(operand(sum) == "(a + b)");
}

TEST_CASE("truth values and lists keep what they are inside of JSON") {
  CHECK_THAT(json_of({"x", list_of({Base::kInteger})}), Catch::Contains("json("));
  CHECK_THAT(json_of({"x", {Base::kBoolean}}), Catch::Contains("json"));
  CHECK(json_of({"x", {Base::kInteger}}) == "x");
}
