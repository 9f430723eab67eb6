#include <catch2/catch.hpp>

#include "tests/app/program.h"

using namespace noema::tests;

TEST_CASE("backup says how large the copy is, and refuses a file that is there") {
  const Workplace work;
  const std::string life = work.life();
  CHECK_THAT(run_noema({"backup", life, work.file("copy")}).out, Catch::Contains("is a copy of"));
  CHECK(run_noema({"backup", life, work.file("copy")}).status == 1);
  CHECK(run_noema({"backup", life, work.path.string()}).status == 1);
}
