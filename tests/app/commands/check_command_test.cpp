#include <catch2/catch.hpp>

#include "memory/database.h"
#include "tests/app/thoughtful_life.h"

using namespace noema::tests;
using noema::memory::Database;
using noema::memory::OpenMode;

TEST_CASE("check says in a sentence that a life is sound, an empty one too") {
  const Workplace work;
  CHECK(run_noema({"check", work.life()}).out == "The life is sound.\n");
  const ThoughtfulLife life;
  const auto checked = run_noema({"check", life.path, "--json"}).json().at(0);
  CHECK(checked["ok"] == true);
  CHECK(checked["problems"].empty());
  CHECK(checked["graph_hash"].get<std::string>().size() == 64);
}

TEST_CASE("a row that somebody changed is found and named, in words and as JSON, and the status is 1") {
  const ThoughtfulLife life;
  Database(life.path, OpenMode::kReadWrite, 1).execute("UPDATE episodes SET text = 'something else' WHERE id = 7");
  const auto checked = run_noema({"check", life.path});
  CHECK(checked.status == 1);
  CHECK_THAT(checked.out, Catch::Contains("(episode 7)"));
  CHECK_THAT(checked.err, Catch::Contains("small.life: ") && Catch::Contains("; the first: "));
  const auto as_json = run_noema({"check", life.path, "--json"});
  CHECK(as_json.status == 1);
  CHECK(as_json.json().at(0)["ok"] == false);
  CHECK_THAT(as_json.json().at(0)["problems"][0].get<std::string>(), Catch::Contains("(episode 7)"));
}

TEST_CASE("check takes a life") {
  const Workplace work;
  check_complaint(run_noema({"check"}), 2, "life is required");
  check_complaint(run_noema({"check", work.file("none.life")}), 1, "none.life: there is no such life");
  check_complaint(run_noema({"check", work.write("text", "text\n")}), 1, "no life");
}
