#include <catch2/catch.hpp>

#include "tests/app/program.h"

using namespace noema::tests;

TEST_CASE("status is a table with units, and names each concentration") {
  const Workplace work;
  const std::string life = work.life();
  REQUIRE(run_noema({"feed", life, work.write("a.txt", world_text(100)), "--think", "2"}).status == 0);
  const auto status = run_noema({"status", life});
  CHECK(status.status == 0);
  CHECK_THAT(status.out, Catch::Contains("Inputs           100") && Catch::Contains("sequence discount") &&
                             Catch::Contains("which member of a category is chosen"));
}
