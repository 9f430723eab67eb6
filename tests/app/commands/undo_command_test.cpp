#include <catch2/catch.hpp>

#include "tests/app/thoughtful_life.h"

using namespace noema::tests;

TEST_CASE("undo takes a thought back once, and not one on which another stands") {
  const ThoughtfulLife life;
  const auto thoughts = run_noema({"status", life.path, "--json"}).json().at(0)["thoughts"].get<int>();
  const auto before = run_noema({"status", life.path, "--json"}).json().at(0)["graph_hash"];
  REQUIRE(thoughts > 1);
  std::string undone;
  for (int id = thoughts; id > 0 && undone.empty(); --id) {
    const std::string name = "thought:" + std::to_string(id);
    const auto outcome = run_noema({"undo", life.path, name});
    if (outcome.status == 0) {
      CHECK_THAT(outcome.out, Catch::StartsWith(name + " (") && Catch::Contains("is taken back; the life has "));
      undone = name;
    } else {
      check_complaint(outcome, 1, name);
    }
  }
  REQUIRE_FALSE(undone.empty());
  CHECK(run_noema({"status", life.path, "--json"}).json().at(0)["graph_hash"] != before);
  check_complaint(run_noema({"undo", life.path, undone}), 1, "was taken back already");
  CHECK(run_noema({"check", life.path}).status == 0);
  CHECK(run_noema({"replay", life.path, "--json"}).json().at(0)["same"] == true);
}

TEST_CASE("as JSON undo gives the thought, and the graph that is left") {
  const Workplace work;
  const std::string life = work.life();
  run_noema({"tell", life, "the key is in the safe"});
  const std::string thought = run_noema({"forget", life, "1", "--json"}).json().at(0)["thought"];
  const auto undone = run_noema({"undo", life, thought, "--json"}).json().at(0);
  CHECK(undone["undone"] == 1);
  CHECK(undone["graph_hash"].get<std::string>().size() == 64);
  CHECK(undone["concepts"] > 0);
}

TEST_CASE("undo takes the name of a thought that there is") {
  const Workplace work;
  const std::string life = work.life();
  for (const char* name : {"7", "seven", "concept:1", "thought:", "thought:x", ""})
    check_complaint(run_noema({"undo", life, name}), 2, "thought:N");
  for (const char* name : {"thought:1", "thought:0", "thought:-1"})
    check_complaint(run_noema({"undo", life, name}), 1, "has not thought anything yet");
  check_complaint(run_noema({"undo", life}), 2, "thought is required");
  check_complaint(run_noema({"undo", work.file("none.life"), "thought:1"}), 1, "none.life");
}
