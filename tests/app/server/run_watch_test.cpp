#include "app/server/run_watch.h"

#include <catch2/catch.hpp>

#include "base/files.h"
#include "tests/app/program.h"

namespace noema::tests {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// An experiment that has begun.
void begin(const fs::path& run, const std::string& events) {
  fs::create_directories(run);
  base::write_file((run / "manifest.json").string(), R"({"name":"small","seed":2,"ended":null})");
  base::write_file((run / "events.jsonl").string(), events);
}

}  // namespace

TEST_CASE("runs that grow show the last experience of each arm, and no line that is half written", "[server]") {
  const Workplace work;
  const fs::path out = work.path / "out";
  const auto runs = app::Runs::of_experiment(out);
  CHECK(runs.grows());
  CHECK(runs.list()["runs"].empty());
  begin(out, "{\"arm\":\"noema\",\"experience\":1}\n{\"arm\":\"noema\",\"experience\":2}\n{\"arm\":\"no");
  const json list = json::parse(runs.list().dump());
  CHECK(list["runs"] == json::parse(R"([{"run":"out","name":"small","seed":2,"arms":["noema"],"ended":null}])"));
  const json run = json::parse(runs.run("out").dump());
  CHECK(run["results"]["arms"] == json::parse(R"([{"arm":"noema","experience":2}])"));
  CHECK(run["experiences"].size() == 2);
  base::write_file((out / "results.json").string(),
                   R"({"name":"small","seed":2,"arms":[{"arm":"noema","accuracy":1}]})");
  CHECK(runs.run("out")["results"]["arms"][0]["accuracy"] == 1);
}

TEST_CASE("the runs of settings and seeds are named by both", "[server]") {
  const Workplace work;
  begin(work.path / "out/protocol.think=2/seed-1", "");
  begin(work.path / "out/protocol.think=4/seed-1", "");
  const json list = json::parse(app::Runs::of_experiment(work.path / "out").list().dump());
  REQUIRE(list["runs"].size() == 2);
  CHECK(list["runs"][0]["run"] == "protocol.think=2: seed-1");
  CHECK(app::Runs::of_experiment(work.path / "out").run("protocol.think=4: seed-1")["run"].is_string());
}

TEST_CASE("a watch begins and ends at once, on a port of its own", "[server]") {
  const Workplace work;
  const app::RunWatch one(work.path / "out", 0), two(work.path / "out", 0);
  CHECK(one.url() != two.url());
  CHECK_THAT(one.url(), Catch::StartsWith("http://127.0.0.1:"));
}

}  // namespace noema::tests
