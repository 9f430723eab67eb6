#include "app/sql/table_functions.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "tests/app/knowing_life.h"

using namespace noema;

TEST_CASE("every table function's columns are the keys of its rows", "[sql]") {
  app::HeldLife held;
  held.open(tests::knowing_life());
  for (const app::TableFunction& function : app::table_functions()) {
    INFO(function.name);
    nlohmann::json arguments;
    for (const app::TableArgument& argument : function.arguments)
      arguments[argument.name] = argument.is_required ? nlohmann::json("crane") : argument.otherwise;
    const auto rows = function.rows(held, arguments);
    REQUIRE_FALSE(rows.empty());
    for (const auto& [key, value] : rows.front().items())
      CHECK(std::count(function.columns.begin(), function.columns.end(), key) == 1);
    std::set<std::string> names(function.columns.begin(), function.columns.end());
    for (const app::TableArgument& argument : function.arguments) CHECK(names.insert(argument.name).second);
    CHECK(function.arguments.size() <= 16);
  }
}
