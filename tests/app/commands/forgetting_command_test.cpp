#include <catch2/catch.hpp>

#include "tests/app/program.h"

using namespace noema::tests;

TEST_CASE("forgetting takes arms whose options hold commas, and prints a row for each") {
  const Workplace work;
  const std::string life = work.life(), away = work.write("a.txt", world_text(20, 2)),
                    back = work.write("b.txt", world_text(20, 3));
  const std::vector<std::string> arguments{"forgetting",   life,
                                           "--away",       away,
                                           "--back",       back,
                                           "--returns",    "1",
                                           "--words",      "30",
                                           "--away-words", "30",
                                           "--arms",       "static,memory{without=matches,cache_sharp}"};
  const auto shown = run_noema(arguments);
  INFO(shown.err);
  REQUIRE(shown.status == 0);
  CHECK_THAT(shown.out, Catch::Contains("nats a word worse") && Catch::Contains("memory{without=matches,cache_sharp}"));
  auto in_json = arguments;
  in_json.push_back("--json");
  const auto rows = run_noema(in_json).json();
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].contains("nats_per_word_worse"));
}
