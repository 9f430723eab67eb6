#include <catch2/catch.hpp>

#include "tests/app/thoughtful_life.h"

using namespace noema::tests;

TEST_CASE("why tells a thought with its evidence, and where a concept was first met") {
  const ThoughtfulLife life;
  CHECK_THAT(run_noema({"why", life.path, "thought:1"}).out, Catch::StartsWith("thought:1  "));
  const auto shown = run_noema({"why", life.path, "he cut"});
  CHECK(shown.status == 0);
  CHECK_THAT(shown.out, Catch::Contains("he cut was first met in") && Catch::Contains("thought:"));
}

TEST_CASE("as JSON why goes from a concept to the thought that made it, and from that to inputs") {
  const ThoughtfulLife life;
  const auto rows = run_noema({"why", life.path, "he cut", "--json"}).json();
  REQUIRE(rows.size() >= 2);
  CHECK(rows.back()["first_inputs"][0]["episode"] == 3);
  const std::string name = "thought:" + std::to_string(rows[0]["thought"].get<int>());
  const auto thought = run_noema({"why", life.path, name, "--json"}).json().at(0);
  CHECK(thought == rows[0]);
  CHECK(thought["gain_bits"] > 0);
  REQUIRE(thought["evidence"].size() > 0);
  CHECK_THAT(thought["evidence"][0]["text"].get<std::string>(), Catch::Contains("he cut"));
}

TEST_CASE("why names what is nearest to a name that nothing has; as JSON it is null") {
  const ThoughtfulLife life;
  check_complaint(run_noema({"why", life.path, "he cutt"}), 1, "did you mean he cut");
  check_complaint(run_noema({"why", life.path, "thought:999999"}), 1, "this life's thoughts are thought:1 to");
  check_complaint(run_noema({"why", life.path, "thought:x"}), 2, "thought:N");
  check_complaint(run_noema({"why", life.path}), 2, "required");
  const auto unknown = run_noema({"why", life.path, "concept:999999", "--json"});
  CHECK(unknown.status == 1);
  CHECK(unknown.json().size() == 1);
}
