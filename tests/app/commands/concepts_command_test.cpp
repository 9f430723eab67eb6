#include <catch2/catch.hpp>

#include "tests/app/thoughtful_life.h"

using namespace noema::tests;

TEST_CASE("concepts lists what thinking made with bits and an example, and how many are left out") {
  const ThoughtfulLife life;
  const auto all = run_noema({"concepts", life.path, "--all", "--top", "1000", "--json"}).json();
  REQUIRE(all.size() > 1);
  for (const auto& one : all)
    for (const char* key :
         {"id", "kind", "label", "count", "saved_bits", "claimed_bits", "thought", "made_by", "kept", "examples"})
      CHECK(one.contains(key));
  const auto people = run_noema({"concepts", life.path, "--all", "--top", "1"});
  CHECK_THAT(people.out, Catch::StartsWith("bits saved  claimed  kind") && Catch::Contains("thought:") &&
                             Catch::Contains("--top " + std::to_string(all.size()) + " lists all."));
  const auto telling = run_noema({"concepts", life.path, "--json"}).json();
  CHECK(telling.size() < all.size());
  CHECK_THAT(run_noema({"concepts", life.path}).out, Catch::Contains("--all lists them"));
}

TEST_CASE("concepts of a life that has not thought are none, and of a kind that there is not are refused") {
  const Workplace work;
  const std::string life = work.life();
  const auto none = run_noema({"concepts", life});
  CHECK(none.status == 0);
  CHECK_THAT(none.out, Catch::Contains("noema think"));
  CHECK(run_noema({"concepts", life, "--json"}).out.empty());
  check_complaint(run_noema({"concepts", life, "--kind", "idea"}), 2, "composite");
  check_complaint(run_noema({"concepts", life, "--kind", "topic"}), 1, "noema think");
  CHECK(run_noema({"concepts", life, "--top", "0"}).status == 2);
  check_complaint(run_noema({"concepts", work.file("none.life")}), 1, "none.life");
}

TEST_CASE("a review keeps, undoes and skips, and asks neither about what is kept nor about what is gone again") {
  const ThoughtfulLife life;
  const auto answers = [&](const std::string& text) { return life.work.write("answers", text); };
  const auto listed = run_noema({"concepts", life.path, "--all", "--top", "1000", "--json"}).json();
  REQUIRE(listed.size() >= 3);
  const std::string first = "concept:" + listed[0]["id"].dump();
  const auto one = run_noema_reading(answers("what\nKEEP\nquit\n"), {"concepts", life.path, "--review", "--all"});
  CHECK(one.status == 0);
  CHECK_THAT(one.out, Catch::Contains(first + ", ") && Catch::Contains("kept; `noema undo") &&
                          Catch::EndsWith("1 kept, 0 taken back, 0 skipped.\n"));
  const auto shown = run_noema({"concepts", life.path, "--all", "--json"}).json();
  CHECK(shown[0]["kept"] == true);
  CHECK_THAT(run_noema({"concepts", life.path, "--all"}).out, Catch::Contains(", kept"));

  std::string undo_all;
  for (std::size_t i = 0; i < listed.size(); ++i) undo_all += "undo\n";
  const auto undone =
      run_noema_reading(answers(undo_all), {"concepts", life.path, "--review", "--all", "--top", "1000", "--json"});
  REQUIRE(undone.status == 0);
  std::size_t judged = 0;
  for (const auto& object : undone.json()) {
    if (!object.contains("answer")) {
      CHECK("concept:" + object["id"].dump() != first);
      continue;
    }
    ++judged;
    CHECK(object["answer"] == "undo");
    CHECK(object["thought"].is_null() != object["refused"].is_null());
  }
  CHECK(judged > 0);
  CHECK(run_noema({"show", life.path, first}).status == 0);
  const auto made_by = "thought:" + listed[0]["thought"].dump();
  check_complaint(run_noema({"undo", life.path, made_by}), 1, "stands on it");
  CHECK(run_noema({"check", life.path}).status == 0);
  CHECK(run_noema({"replay", life.path, "--json"}).json().at(0)["same"] == true);
  // The end of the input ends the review.
  CHECK(run_noema_reading("/dev/null", {"concepts", life.path, "--review"}).status == 0);
  check_complaint(run_noema({"concepts", life.path, "--review", "--kind", "topic"}), 2, "cannot be reviewed");
}
