#include <catch2/catch.hpp>

#include "app/patterns/pattern.h"
#include "base/error.h"

using namespace noema;
using namespace noema::app::patterns;

TEST_CASE("a parameter is bound by its name and never becomes part of the SQL") {
  const std::string hostile = "x' OR 1 = 1; DROP TABLE log; --";
  const Compiled compiled = compile("MATCH (a:Concept {label: $word}) RETURN a.id", {{"word", hostile}});
  CHECK_THAT(compiled.sql, Catch::Contains("$word"));
  CHECK(compiled.sql.find("DROP") == std::string::npos);
  CHECK_THROWS_WITH(compile("MATCH (a:Concept {label: $word}) RETURN a.id", {}), Catch::Contains("word"));
}

TEST_CASE("the same text compiles to the same SQL, one SELECT, with the shape of each column") {
  const char* pattern = "MATCH (a:Sense) RETURN a.label, a.active, collect(a.id)";
  const Compiled once = compile(pattern, {}), again = compile(pattern, {});
  CHECK(once.sql == again.sql);
  CHECK(once.sql.find(';') == std::string::npos);
  CHECK(once.shapes == std::vector<Shape>{Shape::kPlain, Shape::kTruth, Shape::kJson});
}
