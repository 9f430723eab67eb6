#include <catch2/catch.hpp>

#include "experiments/metrics/registry.h"
#include "experiments/streams/registry.h"
#include "reasoning/arms/registry.h"
#include "tests/app/program.h"

using noema::tests::run_noema;

TEST_CASE("arms, streams and metrics list every kind of their registry with help and options") {
  const auto arms = run_noema({"arms", "--json"}).json();
  CHECK(arms.size() == noema::reasoning::arm_kinds().size());
  CHECK(arms[1]["name"] == "cache");
  CHECK(arms[1]["options"][0].get<std::string>().starts_with("theta = 0"));
  const auto streams = run_noema({"streams", "--json"}).json();
  REQUIRE(streams.size() == noema::experiments::stream_kinds().size());
  CHECK(streams[0]["name"] == "world");
  CHECK(run_noema({"metrics", "--json"}).json().size() == noema::experiments::metric_kinds().size());
  const auto people = run_noema({"arms"});
  CHECK(people.status == 0);
  CHECK_THAT(people.out, Catch::Contains("without: experts"));
}
