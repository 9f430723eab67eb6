#include <catch2/catch.hpp>
#include <set>

#include "tests/app/family_life.h"

using namespace noema::tests;

TEST_CASE("rules say what follows from what, and how often that was told so") {
  const FamilyLife life;
  const auto shown = run_noema({"rules", life.path});
  CHECK(shown.status == 0);
  CHECK_THAT(shown.out, Catch::Contains("the father of X is Y .\n"
                                        "    because X was born to Z .\n"
                                        "    because Z is married to Y .\n"
                                        "    holds 24, fails 0, used 0\n"));
  const auto rows = run_noema({"rules", life.path, "--json"}).json();
  const auto father =
      std::find_if(rows.begin(), rows.end(), [](const auto& row) { return row["rule"] == "the father of X is Y ."; });
  REQUIRE(father != rows.end());
  CHECK(std::set<nlohmann::json>(rows.begin(), rows.end()).size() == rows.size());
  CHECK(*father == nlohmann::json{{"rule", "the father of X is Y ."},
                                  {"path", {"X was born to Z .", "Z is married to Y ."}},
                                  {"holds", 24},
                                  {"fails", 0},
                                  {"used", 0}});
}

TEST_CASE("what nobody told follows by a rule, which facts and answers name") {
  const FamilyLife life;
  bool is_inferred = false;
  for (const auto& fact : run_noema({"facts", life.path, "Cacj", "--json"}).json())
    if (fact["value"] == "Focj") {
      is_inferred = true;
      CHECK(fact["inferred_by"] == "the father of X is Y .");
      CHECK(fact["told"].is_null());
      CHECK(fact["follows_from"].size() == 2);
    }
  CHECK(is_inferred);
}

TEST_CASE("a life without rules says what looks for them, and one that is not there is named") {
  const Workplace work;
  const std::string life = work.life();
  CHECK(run_noema({"rules", life}).out == "No rules were found yet: `noema think` looks for them.\n");
  const auto as_json = run_noema({"rules", life, "--json"});
  CHECK(as_json.out.empty());
  CHECK(as_json.status == 0);
  check_complaint(run_noema({"rules"}), 2, "life is required");
  check_complaint(run_noema({"rules", work.file("none.life")}), 1, "none.life: there is no such life");
  check_complaint(run_noema({"rules", work.write("text", "text\n")}), 1, "no life");
}
