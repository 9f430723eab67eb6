#include <catch2/catch.hpp>

#include "tests/app/program.h"

using namespace noema::tests;

TEST_CASE("thoughts lists the kinds with help, as a table or as JSON") {
  CHECK_THAT(run_noema({"thoughts"}).out, Catch::Contains("compose") && Catch::Contains("merge"));
  CHECK(run_noema({"thoughts", "--json"}).json().size() >= 10);
}
