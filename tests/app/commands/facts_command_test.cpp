#include <catch2/catch.hpp>

#include "tests/app/program.h"

using namespace noema::tests;

TEST_CASE("facts and rules of a life that told nothing say so, and a time that is none is refused") {
  const Workplace work;
  const std::string life = work.life();
  CHECK_THAT(run_noema({"facts", life}).out, Catch::Contains("noema think"));
  CHECK_THAT(run_noema({"rules", life}).out, Catch::Contains("noema think"));
  CHECK(run_noema({"rules", life, "--json"}).out.empty());
  CHECK(run_noema({"facts", life, "Ann"}).status == 1);
  CHECK(run_noema({"facts", life, "Ann", "--as-of", "yesterday"}).status == 1);
}
