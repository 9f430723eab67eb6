#include "experiments/run_record.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "tests/experiments/fakes.h"

using namespace noema::experiments;
namespace base = noema::base;
using nlohmann::json;

TEST_CASE("a run enters what it is of, ends once, and notices other data when it goes on") {
  const TemporaryFolder folder;
  ExperimentConfig config;
  config.name = "recorded";
  config.arms = {"a"};
  ExperimentOptions options;
  options.out = folder / "out";
  options.code_version = "v-test";
  {
    RunFolder run(options.out, "hash", false, false);
    begin_run(run, config, options, "data", {{"stream", {{"scored_lines", 3}}}});
    CHECK(read_json(options.out / "manifest.json")["ended"].is_null());
    const auto result =
        end_run(run, config, options, {{"name", "recorded"}, {"arms", {{{"arm", "a"}, {"seconds", 2}}}}});
    CHECK(result.finished);
    CHECK(result.results["arms"][0]["seconds"] == 2);
  }
  const json manifest = read_json(options.out / "manifest.json");
  CHECK(manifest["name"] == "recorded");
  CHECK(manifest["code_version"] == "v-test");
  CHECK(manifest["data_hash"] == "data");
  CHECK(manifest["stream"]["scored_lines"] == 3);
  CHECK(manifest["ended"].is_string());
  for (const char* file : {"results.json", "timings.json", "results.csv", "curves.csv", "report.html"})
    CHECK(std::filesystem::exists(options.out / file));
  RunFolder again(options.out, "hash", true, false);
  CHECK_THROWS_AS(begin_run(again, config, options, "other data", json::object()), base::Error);
  CHECK_NOTHROW(begin_run(again, config, options, "", json::object()));  // not known yet
}
