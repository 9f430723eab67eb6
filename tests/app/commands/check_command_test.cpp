#include <catch2/catch.hpp>

#include "tests/app/program.h"

using namespace noema::tests;

TEST_CASE("check says in a sentence that a life is sound") {
  const Workplace work;
  CHECK(run_noema({"check", work.life()}).out == "The life is sound.\n");
}
