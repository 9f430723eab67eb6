#include "concepts/concentrations.h"

#include <catch2/catch.hpp>

#include "base/error.h"

using namespace noema::concepts;

TEST_CASE("concentrations survive as named fields") {
  Concentrations some;
  some.row_discount = 31;
  some.member_strength = -8;
  const nlohmann::json fields = fields_of(some);
  CHECK(fields.size() == 8);
  CHECK(fields["row_discount"] == 31);
  CHECK(fields["member_strength"] == -8);
  CHECK(concentrations_in(fields) == some);
}

TEST_CASE("a field that is missing, no integer or out of range is named") {
  const std::vector<std::pair<std::string, nlohmann::json>> wrong{
      {"row_discount", 0},   {"row_discount", 32},          {"rest_strength", 25},
      {"rest_strength", -9}, {"category_discount", "many"}, {"member_discount", nullptr}};
  for (const auto& [name, value] : wrong) {
    nlohmann::json fields = fields_of({});
    fields[name] = value;
    CHECK_THROWS_WITH(concentrations_in(fields), Catch::Contains(name) && Catch::Contains("noema check"));
    fields.erase(name);
    CHECK_THROWS_WITH(concentrations_in(fields), Catch::Contains(name));
  }
  CHECK_THROWS_AS(concentrations_in("nothing of the kind"), noema::base::Error);
}

TEST_CASE("format 1 kept eight integers with 64 added, early lives four") {
  CHECK(concentrations_of_format1({88, 64, 80, 64, 88, 64, 66, 70}) == Concentrations{});
  Concentrations early;
  early.row_discount = 16;
  early.row_strength = 1;
  early.rest_discount = 8;
  early.rest_strength = -2;
  CHECK(concentrations_of_format1({80, 65, 72, 62}) == early);
  CHECK_THROWS_WITH(concentrations_of_format1({1, 2, 3}), Catch::Contains("found 3"));
  CHECK_THROWS_AS(concentrations_of_format1({64, 64, 64, 64}), noema::base::Error);  // a discount of 0
}
