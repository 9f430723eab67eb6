#include <catch2/catch.hpp>

#include "tests/app/program.h"

using namespace noema::tests;

TEST_CASE(
    "ask gives the answer on a line and where it was told below it; a wrong line of a file is refused before any "
    "answer") {
  const Workplace work;
  const std::string life = work.life();
  REQUIRE(run_noema({"feed", life, work.write("a.txt", world_text(100)), "--think", "2"}).status == 0);
  const auto asked = run_noema({"ask", life, "where does the king live?", "--no-learn"});
  CHECK(asked.status == 0);
  CHECK_THAT(asked.out, Catch::Contains("\n    told on ") || Catch::Contains("I do not know"));
  const auto nothing = run_noema({"ask", life, "zyzzyva", "--no-learn"});
  CHECK_THAT(nothing.out, Catch::StartsWith("I do not know"));
  const auto wrong =
      run_noema({"ask", life, "--questions", work.write("q", "{\"text\": \"king\"}\n{\"text\": 5}\n"), "--json"});
  CHECK(wrong.status == 1);
  CHECK(wrong.out.empty());
  CHECK_THAT(wrong.err, Catch::Contains("q:2"));
}
