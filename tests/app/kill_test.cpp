#include <catch2/catch.hpp>

#include "base/rng.h"
#include "tests/app/program.h"

using namespace noema::tests;

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
