#include "experiments/seeds_report.h"

#include <catch2/catch.hpp>

using namespace noema::experiments;
using nlohmann::json;

TEST_CASE("a report names its seed, or its seeds", "[seeds]") {
  CHECK(seeds_of({{"seed", 7}}) == "seed 7");
  CHECK(seeds_of({{"seeds", {1, 2}}}) == "seeds 1, 2");
}

TEST_CASE("the figures of each seed stand beside each other, with the way to its report", "[seeds]") {
  const json results = {{"seeds", {1, 5}},
                        {"arms",
                         {{{"arm", "names"}, {"by_seed", {{"accuracy", {0.5, 0.75}}}}},
                          {{"arm", "<i>"}, {"by_seed", {{"accuracy", {nullptr, 0.25}}}}},
                          {{"arm", "none"}}}}};
  const std::string html = runs_of_seeds(results);
  CHECK_THAT(html, Catch::Contains("<a href=\"seed-5/report.html\">seed 5</a>"));
  CHECK_THAT(html, Catch::Contains("<td>50.0%</td><td>75.0%</td>"));
  CHECK_THAT(html, Catch::Contains("<td>–</td><td>25.0%</td>"));
  CHECK(html.find("<i>") == std::string::npos);
  CHECK(runs_of_seeds({{"seed", 1}, {"arms", json::array()}}).empty());
}
