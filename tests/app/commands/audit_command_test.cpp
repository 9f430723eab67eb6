#include <algorithm>
#include <catch2/catch.hpp>

#include "base/files.h"
#include "tests/app/program.h"

using namespace noema::tests;

TEST_CASE("audit compares claimed with saved bits by blocks; it answers to its earlier name") {
  const Workplace work;
  const std::string life = work.life();
  REQUIRE(run_noema({"feed", life, work.write("a.txt", world_text(200)), "--think", "2"}).status == 0);
  const std::string next = work.write("b.txt", world_text(40, 2));
  const auto audit = run_noema({"audit", life, next, "--blocks", "3", "--json"});
  INFO(audit.err);
  REQUIRE(audit.status == 0);
  const auto rows = audit.json();
  REQUIRE(rows.size() >= 2);
  for (const char* key : {"thoughts", "claimed_bits", "realised_bits"}) CHECK(rows.front().contains(key));
  CHECK(rows.back().contains("ratio"));
  CHECK(run_noema({"realised", life, next, "--blocks", "3", "--json"}).json().size() == rows.size());
  const auto shown = run_noema({"audit", life, next, "--blocks", "3"});
  CHECK_THAT(shown.out, Catch::Contains("claimed bits") && Catch::Contains("Without thoughts the text costs") &&
                            !Catch::Contains("_bits"));
}
