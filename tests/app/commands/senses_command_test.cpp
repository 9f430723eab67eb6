#include <catch2/catch.hpp>

#include "tests/app/knowing_life.h"

using namespace noema::tests;

TEST_CASE("senses are numbered, with what stands near and inputs that show the word") {
  const auto shown = run_noema({"senses", knowing_life(), "crane"});
  CHECK(shown.status == 0);
  CHECK_THAT(shown.out, Catch::StartsWith("1. crane (") && Catch::Contains(" mentions\n   near ") &&
                            Catch::Contains("\n2. crane (") && Catch::Contains("\n   - …") && !Catch::Contains("{"));
  const auto rows = run_noema({"senses", knowing_life(), "crane", "--json"}).json();
  REQUIRE(rows.size() >= 2);
  int mentions = 0;
  for (const auto& row : rows) {
    mentions += row["count"].get<int>();
    for (const auto& example : row["examples"]) CHECK_THAT(example.get<std::string>(), Catch::Contains("crane"));
    CHECK_FALSE(row.contains("probability"));
  }
  CHECK(mentions == 400);
}

TEST_CASE("each mention in a sentence gets its sense, with where it stands and how sure that is") {
  const std::string sentence = "the wild crane nests and the rusty steel crane lifts";
  const auto rows = run_noema({"senses", knowing_life(), "crane", "--in", sentence, "--json"}).json();
  REQUIRE(rows.size() == 2);
  CHECK(rows[0]["start"] == 9);
  CHECK(rows[1]["start"] == 41);
  CHECK(rows[0]["sense"] != rows[1]["sense"]);
  const auto shown = run_noema({"senses", knowing_life(), "crane", "--in", sentence});
  CHECK_THAT(shown.out,
             Catch::StartsWith("at byte 9, ") && Catch::Contains("% sure: ") && Catch::Contains("\nat byte 41, "));
}

TEST_CASE("a word without senses exits 1 with the nearest; as JSON its sense is null") {
  const std::string life = knowing_life();
  check_complaint(run_noema({"senses", life, "cran"}), 1, "did you mean crane?");
  const auto unknown = run_noema({"senses", life, "cran", "--json"});
  CHECK(unknown.status == 1);
  CHECK(unknown.out == "{\"sense\":null,\"label\":null,\"word\":\"cran\"}\n");
  const auto bytes = run_noema({"senses", life, "\xff", "--json"});
  CHECK(bytes.status == 1);
  CHECK(bytes.json().at(0)["word"] == "\uFFFD");
  check_complaint(run_noema({"senses", life, "crane", "--in", "nothing of it"}), 1, "does not hold 'crane'");
  check_complaint(run_noema({"senses", life, "crane", "--in", ""}), 1, "does not hold 'crane'");
  check_complaint(run_noema({"senses", life, "crane", "--in", "a \xff"}), 1, "not UTF-8 at byte 2");
  check_complaint(run_noema({"senses", life}), 2, "word is required");
  const Workplace work;
  check_complaint(run_noema({"senses", work.life(), "crane"}), 1, "`noema think` does it");
  check_complaint(run_noema({"senses", work.file("none.life"), "crane"}), 1, "none.life");
}
