#include <catch2/catch.hpp>

#include "tests/app/program.h"

using noema::tests::run_noema;

TEST_CASE("arms, streams and metrics list every kind of their registry with help and options") {
  const auto arms = run_noema({"arms", "--json"}).json();
  CHECK(arms.size() == 6);
  CHECK(arms[1]["name"] == "cache");
  CHECK(arms[1]["options"][0].get<std::string>().starts_with("theta = 0"));
  const auto streams = run_noema({"streams", "--json"}).json();
  REQUIRE(streams.size() == 3);
  CHECK(streams[0]["name"] == "world");
  CHECK(run_noema({"metrics", "--json"}).json().size() == 4);
  const auto people = run_noema({"arms"});
  CHECK(people.status == 0);
  CHECK_THAT(people.out, Catch::Contains("without = []"));
}
