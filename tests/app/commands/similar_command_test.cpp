#include <catch2/catch.hpp>

#include "tests/app/knowing_life.h"

using namespace noema::tests;

TEST_CASE("similar lists labels and scores in columns, as JSON an object each") {
  const auto shown = run_noema({"similar", knowing_life(), "dog", "-k", "3"});
  CHECK(shown.status == 0);
  CHECK(std::count(shown.out.begin(), shown.out.end(), '\n') == 3);
  const auto rows = run_noema({"similar", knowing_life(), "DOG", "-k", "3", "--json"}).json();
  REQUIRE(rows.size() == 3);
  CHECK_THAT(shown.out, Catch::StartsWith(rows[0]["label"].get<std::string>() + " "));
  CHECK(rows[0]["score"] >= rows[1]["score"]);
  CHECK(run_noema({"similar", knowing_life(), "dog", "--json"}).json().size() == 10);
}

TEST_CASE("where words were not counted yet, concepts are alike by what stands beside them") {
  const Workplace work;
  const std::string life = work.life();
  const std::string text = work.write("a.txt", "the red fox runs\nthe red hen runs\nan old owl sits\n");
  REQUIRE(run_noema({"feed", life, text, "--think", "off"}).status == 0);
  CHECK(run_noema({"similar", life, "fox", "--json"}).json().at(0)["label"] == "hen");
}

TEST_CASE("similar names what is nearest to a word that nobody said; as JSON its label is null") {
  const Workplace work;
  const std::string life = work.life();
  REQUIRE(run_noema({"feed", life, work.write("a.txt", "the bank of the river\n"), "--think", "off"}).status == 0);
  check_complaint(run_noema({"similar", life, "bnak"}), 1, "did you mean bank?");
  const auto unknown = run_noema({"similar", life, "bnak", "--json"});
  CHECK(unknown.status == 1);
  CHECK(unknown.out == "{\"label\":null,\"score\":null,\"name\":\"bnak\"}\n");
  check_complaint(run_noema({"similar", work.life("b.life"), "bank"}), 1, "no concept is called 'bank'");
  check_complaint(run_noema({"similar", life}), 2, "word is required");
  for (const char* k : {"0", "-1", "1.5"}) check_complaint(run_noema({"similar", life, "bank", "-k", k}), 2, "-k: ");
}
