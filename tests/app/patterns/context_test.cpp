#include "app/patterns/context.h"

#include <catch2/catch.hpp>

using namespace noema::app::patterns;

TEST_CASE("a scope finds what was set last, in the order in which names came") {
  Scope scope;
  CHECK(scope.find("a") == nullptr);
  scope.set("a", {"1", {Base::kInteger}});
  scope.set("#own", {"2", {Base::kInteger}});
  scope.set("b", {"3", {Base::kInteger}});
  scope.set("a", {"4", {Base::kInteger}});
  REQUIRE(scope.find("a"));
  CHECK(scope.find("a")->sql == "4");
  scope.erase_own();
  CHECK(scope.find("#own") == nullptr);
  REQUIRE(scope.variables().size() == 2);
  CHECK(scope.variables()[0].name == "a");
}

TEST_CASE("tables and columns get names that nothing else has, whatever their case") {
  const Parameters none;
  Context context(none);
  const std::string first = context.table("a"), second = context.table("A"), third = context.table("a");
  CHECK(first == "\"a\"");
  CHECK(lower_case(second) != first);
  CHECK(lower_case(third) != lower_case(second));
  CHECK(lower_case(third) != first);
  ColumnNames columns;
  CHECK(columns.unique("n") == "n");
  CHECK(columns.unique("n") != "n");
}

TEST_CASE("tables and conditions become one FROM and one WHERE, or nothing") {
  Select select;
  CHECK(from_and_where(select).empty());
  select.from = {"concept a"};
  CHECK(from_and_where(select) == "\nFROM concept a");
  select.where = {"a.id > 1", "a.count > 2"};
  CHECK_THAT(from_and_where(select), Catch::EndsWith("\nWHERE a.id > 1 AND a.count > 2"));
}

TEST_CASE("steps are named once and stand before the statement that reads them") {
  const Parameters none;
  Context context(none);
  CHECK(context.statement("SELECT 1") == "SELECT 1");
  context.add_step("found", "SELECT id FROM concept");
  const std::string statement = context.statement("SELECT id FROM found");
  CHECK_THAT(statement, Catch::StartsWith("WITH "));
  CHECK(statement.find("SELECT id FROM concept") < statement.find("SELECT id FROM found"));
}
