#include "base/csv.h"

#include <catch2/catch.hpp>

using noema::base::csv_field;

TEST_CASE("a field of CSV stands in quotes only where it must") {
  CHECK(csv_field("") == "");
  CHECK(csv_field("a b;c") == "a b;c");
  CHECK(csv_field("a,b") == "\"a,b\"");
  CHECK(csv_field("say \"a\"") == "\"say \"\"a\"\"\"");
  CHECK(csv_field("two\nlines") == "\"two\nlines\"");
  CHECK(csv_field("\r") == "\"\r\"");
}
