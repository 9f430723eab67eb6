#include <catch2/catch.hpp>

#include "tests/app/program.h"

using namespace noema::tests;

TEST_CASE("show gives a concept's surroundings a line each, and every label in braces can be given back") {
  const Workplace work;
  const std::string life = work.life();
  REQUIRE(run_noema({"feed", life, work.write("a.txt", world_text(100)), "--think", "2"}).status == 0);
  const auto shown = run_noema({"show", life, "animal"});
  CHECK(shown.status == 0);
  CHECK_THAT(shown.out, Catch::StartsWith("animal  (") && Catch::Contains("after it"));
  REQUIRE(run_noema({"think", life, "--until-quiet", "--no-consolidate"}).status == 0);
  std::size_t given_back = 0;
  for (const auto& row : run_noema({"export", life}).json()) {
    if (!row.contains("node") || row["node"]["label"].get<std::string>().find('{') == std::string::npos) continue;
    if (++given_back > 5) break;
    const auto again = run_noema({"show", life, row["node"]["label"].get<std::string>(), "--json"});
    INFO(again.err);
    const std::string name = "concept:" + std::to_string(row["node"]["id"].get<int>());
    if (again.status == 0)
      CHECK(again.json().at(0)["id"] == row["node"]["id"]);
    else  // two categories with the same commonest members
      CHECK_THAT(again.err, Catch::Contains("is the label of") && Catch::Contains(name));
  }
}
