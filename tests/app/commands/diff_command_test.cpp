#include <catch2/catch.hpp>

#include "tests/app/small_life.h"

using namespace noema::tests;

namespace {

/// A life on disk that was told these lines and thought about them, or not.
struct LifeToCompare : SmallLife {
  LifeToCompare(const std::vector<std::string>& lines, bool thinks) : SmallLife(lines) {
    if (thinks) mind->think(100000);
    mind->checkpoint();
    mind.reset();
  }
};

}  // namespace

TEST_CASE("diff counts what two lives share, and lists what each has alone") {
  const LifeToCompare red({"the red fox", "the red hen"}, false), old({"the old fox", "the old owl"}, false);
  const auto shown = run_noema({"diff", red.path, old.path});
  CHECK(shown.status == 0);
  CHECK_THAT(shown.out, Catch::StartsWith("2 concepts in both\n2 concepts only in " + red.path + "\n") &&
                            Catch::Contains("2 concepts only in " + old.path) && Catch::Contains("0 facts in both") &&
                            Catch::Contains("0 thoughts in both"));
  std::vector<std::string> alone;
  for (const auto& row : run_noema({"diff", red.path, old.path, "--json"}).json()) {
    CHECK(row["what"] == "concept");
    alone.push_back((row["only_in"] == red.path ? "red: " : "old: ") + row["label"].get<std::string>());
  }
  CHECK(alone == std::vector<std::string>{"red: hen", "red: red", "old: old", "old: owl"});
}

TEST_CASE("a life does not differ from itself") {
  const LifeToCompare life({"the red fox"}, false);
  CHECK(run_noema({"diff", life.path, life.path, "--json"}).out.empty());
  const auto shown = run_noema({"diff", life.path, life.path});
  CHECK_THAT(shown.out, Catch::StartsWith("3 concepts in both\n0 concepts only in"));
}

TEST_CASE("diff shows a few of what one life alone thought, and as JSON all of it") {
  const LifeToCompare thought(tax_lines(), true), told(tax_lines(), false);
  const auto rows = run_noema({"diff", thought.path, told.path, "--json"}).json();
  std::map<std::string, std::size_t> only;
  for (const auto& row : rows) {
    CHECK(row["only_in"] == thought.path);
    ++only[row["what"]];
  }
  REQUIRE(only["concept"] > 2);
  REQUIRE(only["thought"] > 2);
  const auto shown = run_noema({"diff", thought.path, told.path, "--most", "1"}).out;
  CHECK_THAT(shown, Catch::Contains("... and " + std::to_string(only["concept"] - 1) + " more\n") &&
                        Catch::Contains("... and " + std::to_string(only["thought"] - 1) + " more\n"));
  CHECK_THAT(run_noema({"diff", told.path, thought.path, "--most", "1000"}).out, !Catch::Contains("... and"));
}

TEST_CASE("diff takes two lives and changes neither") {
  const Workplace work;
  const std::string life = work.life();
  check_complaint(run_noema({"diff", life}), 2, "second is required");
  check_complaint(run_noema({"diff", life, life, "--most", "0"}), 2, "--most: expected a whole number from 1");
  check_complaint(run_noema({"diff", life, work.file("none.life")}), 1, "none.life: there is no such life");
  check_complaint(run_noema({"diff", work.write("text", "text\n"), life}), 1, "no life");
  CHECK(run_noema({"diff", life, life}).status == 0);
  CHECK(run_noema({"check", life}).status == 0);
}
