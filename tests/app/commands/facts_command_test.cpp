#include <catch2/catch.hpp>

#include "tests/app/program.h"

using namespace noema::tests;

TEST_CASE("facts of a life that told nothing say so, and a time that is none is refused") {
  const Workplace work;
  const std::string life = work.life();
  CHECK_THAT(run_noema({"facts", life}).out, Catch::Contains("noema think"));
  CHECK(run_noema({"facts", life, "Ann"}).status == 1);
  CHECK(run_noema({"facts", life, "Ann", "--as-of", "yesterday"}).status == 1);
}
