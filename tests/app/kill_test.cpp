#include <catch2/catch.hpp>

#include "base/files.h"
#include "base/rng.h"
#include "tests/app/program.h"

using namespace noema::tests;

TEST_CASE("an experiment that is killed at random moments and resumed ends with the bytes of one that was not") {
  const Workplace work;
  const auto toml = work.write("e.toml",
                               "seeds = [1, 2]\narms = [\"names\", \"ewc{hidden=50}\", \"replay{hidden=50;kept=40}\", "
                               "\"joint{hidden=50;epochs=2}\"]\n[stream]\nkind = \"inventions\"\nclasses = 12\n");
  const std::string whole = work.file("whole"), killed = work.file("killed");
  REQUIRE(run_noema({"run", toml, "--out", whole, "--quiet"}).status == 0);
  noema::base::Rng rng(1);
  for (int kill = 0; kill < 6; ++kill)
    noema_killed({"run", toml, "--out", killed, "--resume", "--quiet"}, static_cast<int>(30 + rng.below(500)));
  const auto ended = run_noema({"run", toml, "--out", killed, "--resume", "--quiet"});
  INFO(ended.err);
  REQUIRE(ended.status == 0);
  for (const char* file : {"/results.json", "/accuracy_matrix.csv", "/seed-2/results.json"})
    CHECK(noema::base::read_file(killed + file) == noema::base::read_file(whole + file));
}

TEST_CASE(
    "killed at random moments, a life is sound, keeps what was acknowledged, and ends as if nothing had happened") {
  const Workplace work;
  const std::string text = work.write("world.txt", world_text(1500));
  const std::string whole = work.life("whole.life"), killed = work.life("killed.life");
  REQUIRE(run_noema({"feed", whole, text, "--think", "1", "--quiet"}).status == 0);
  noema::base::Rng rng(1);
  for (int kill = 0; kill < 8; ++kill) {
    const Outcome outcome =
        noema_killed({"feed", killed, text, "--think", "1", "--json"}, static_cast<int>(50 + rng.below(900)));
    std::int64_t acknowledged = 0;
    std::istringstream lines(outcome.out);
    for (std::string line; std::getline(lines, line);) {
      const auto object = nlohmann::json::parse(line, nullptr, false);  // the last line may be cut off
      if (object.is_object() && object.contains("acknowledged")) acknowledged = object["acknowledged"];
    }
    const auto status = run_noema({"status", killed, "--json"}).json().at(0);
    CHECK(status["episodes"] >= acknowledged);
    CHECK(run_noema({"check", killed, "--json"}).json().at(0)["ok"] == true);
  }
  REQUIRE(run_noema({"feed", killed, text, "--think", "1", "--quiet"}).status == 0);
  const auto one = run_noema({"status", whole, "--json"}).json().at(0),
             other = run_noema({"status", killed, "--json"}).json().at(0);
  CHECK(other["episodes"] == 1500);
  CHECK(other["graph_hash"] == one["graph_hash"]);
}
