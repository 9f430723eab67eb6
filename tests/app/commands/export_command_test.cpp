#include <catch2/catch.hpp>

#include "tests/app/program.h"

using namespace noema::tests;

TEST_CASE("export writes to a file that is named, and checks depth and format") {
  const Workplace work;
  const std::string life = work.life();
  REQUIRE(run_noema({"feed", life, work.write("a.txt", world_text(100)), "--think", "2"}).status == 0);
  CHECK(run_noema({"export", life, "--out", work.file("g.json")}).status == 0);
  CHECK(std::filesystem::file_size(work.file("g.json")) > 100);
  for (const char* depth : {"-1", "9", "1.5"})
    CHECK(run_noema({"export", life, "--around", "animal", "--depth", depth}).status == 2);
  CHECK(run_noema({"export", life, "--format", "xml"}).status == 2);
}
