#include <catch2/catch.hpp>

#include "tests/app/program.h"

using namespace noema::tests;

TEST_CASE("think tells its thoughts by kind in a sentence, and refuses numbers nobody means") {
  const Workplace work;
  const std::string life = work.life();
  REQUIRE(run_noema({"feed", life, work.write("a.txt", world_text(100)), "--think", "2"}).status == 0);
  const auto thought = run_noema({"think", life, "--thoughts", "5"});
  CHECK(thought.status == 0);
  CHECK_THAT(thought.out, Catch::Contains(" thoughts in ") && Catch::Contains("bits shorter"));
  for (const char* seconds : {"0", "-1", "inf", "nan", "1e300"})
    CHECK(run_noema({"think", life, "--for", seconds}).status == 2);
  for (const char* thoughts : {"0", "-1", "1.5"}) CHECK(run_noema({"think", life, "--thoughts", thoughts}).status == 2);
}
