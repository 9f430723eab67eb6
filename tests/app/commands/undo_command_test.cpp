#include <catch2/catch.hpp>

#include "tests/app/program.h"

using namespace noema::tests;

TEST_CASE("undo says what it took back") {
  const Workplace work;
  const std::string life = work.life();
  REQUIRE(run_noema({"feed", life, work.write("a.txt", world_text(100)), "--think", "2"}).status == 0);
  bool undone = false;
  for (int id = 1; id < 60 && !undone; ++id) {
    const auto outcome = run_noema({"undo", life, "thought:" + std::to_string(id)});
    undone = outcome.status == 0;
    if (undone) CHECK_THAT(outcome.out, Catch::Contains("is taken back"));
  }
  CHECK(undone);
}
