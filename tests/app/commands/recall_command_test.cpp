#include <catch2/catch.hpp>

#include "tests/app/program.h"

using namespace noema::tests;

TEST_CASE("recall numbers what it recalls, says where it was told and by which concepts") {
  const Workplace work;
  const std::string life = work.life();
  REQUIRE(run_noema({"feed", life, work.write("a.txt", world_text(100)), "--think", "2"}).status == 0);
  const auto recalled = run_noema({"recall", life, "animal", "-k", "2"});
  CHECK(recalled.status == 0);
  CHECK_THAT(recalled.out, Catch::StartsWith("  1  ") && Catch::Contains("told on ") && Catch::Contains("; by "));
  for (const char* k : {"0", "-1", "1e300", "1.5"}) CHECK(run_noema({"recall", life, "animal", "-k", k}).status == 2);
  CHECK(run_noema({"recall", life, "animal", "--since", "yesterday"}).status == 2);
  CHECK(run_noema({"recall", life, "animal", "--since", "2999-01-01"}).out == "No input matches this cue.\n");
  const auto by_nobody = run_noema({"recall", life, "animal", "--speaker", "nobody"});
  CHECK(by_nobody.status == 1);
  CHECK_THAT(by_nobody.err, Catch::Contains("no input has the speaker 'nobody'"));
  const auto wrong =
      run_noema({"recall", life, "--queries", work.write("q", "{\"text\": \"king\"}\nking\n"), "--json"});
  CHECK(wrong.status == 1);
  CHECK(wrong.out.empty());
}
