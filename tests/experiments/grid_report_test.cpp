#include "experiments/grid_report.h"

#include <catch2/catch.hpp>

using namespace noema::experiments;
using nlohmann::json;

TEST_CASE("the report of a grid has a row for each setting and arm, and nothing in it is markup", "[grid]") {
  const json results = json::parse(R"({
    "name": "n", "seeds": [1, 2], "same_data": false,
    "grid": [{"key": "protocol.think", "values": [0, 2]}, {"key": "name", "values": ["<i>"]}],
    "arms": [
      {"arm": "noema", "setting": "s-1", "chosen": {"protocol.think": 0, "name": "<i>"}, "accuracy": 0.5,
       "deviation": {"accuracy": 0.01}, "interval": {"accuracy": {"low": 0.4, "high": 0.6}}},
      {"arm": "static", "setting": "s-1", "chosen": {"protocol.think": 0, "name": "<i>"}}]})");
  const std::string html = grid_report_body({{"started", "now"}}, results);
  CHECK_THAT(html, Catch::Contains("50.0 ± 1.0% [40.0, 60.0]"));
  CHECK_THAT(html, Catch::Contains("<td>–</td>"));
  CHECK_THAT(html, Catch::Contains("href=\"s-1/report.html\""));
  CHECK_THAT(html, Catch::Contains("protocol.think: <bdi>0, 2</bdi>"));
  CHECK_THAT(html, Catch::Contains("different data"));
  CHECK(html.find("<i>") == std::string::npos);
  CHECK(plain_value("x") == "x");
  CHECK(plain_value(json{1, 2}) == "[1,2]");
  CHECK(plain_value(nullptr) == "–");
}
