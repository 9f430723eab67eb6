#include <catch2/catch.hpp>

#include "tests/app/program.h"

using namespace noema::tests;

TEST_CASE("similar lists labels and scores in columns") {
  const Workplace work;
  const std::string life = work.life();
  REQUIRE(run_noema({"feed", life, work.write("a.txt", world_text(100)), "--think", "2"}).status == 0);
  const auto similar = run_noema({"similar", life, "animal", "-k", "3"});
  CHECK(similar.status == 0);
  CHECK_FALSE(similar.out.empty());
  CHECK(run_noema({"similar", life, "animal", "-k", "0"}).status == 2);
}
