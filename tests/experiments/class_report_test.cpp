#include "experiments/class_report.h"

#include <catch2/catch.hpp>

using namespace noema::experiments;
using nlohmann::json;

namespace {

json small_results() {
  return json::parse(R"({
    "name": "small <b>", "seed": 1, "tasks": 2, "lines": 1200,
    "arms": [
      {"arm": "names", "accuracy": 0.9, "forgetting": 0.05, "state_bytes": 2048, "seconds": 1.5, "asking_seconds": 90,
       "accuracy_matrix": [[null, null], [1.0, null], [0.95, 0.85]],
       "against": {"ridge{width=<i>}": {"accuracy": 0.03, "low": 0.01, "high": 0.05},
                   "class_means": {"accuracy": -0.01, "low": -0.03, "high": 0.01}}},
      {"arm": "ridge{width=<i>}", "accuracy": 0.87, "accuracy_matrix": [[null, null], [1.0, null], [0.9, 0.84]]},
      {"arm": "class_means", "accuracy": 0.91}]})");
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("the best arm is marked, and differences are in points with their interval", "[classes]") {
  const std::string page = class_report_body({{"stream", {{"left_out", 3}}}}, small_results());
  CHECK(count(page, "class=\"best\"") == 1);
  CHECK_THAT(page, Catch::Contains("class=\"best\"><span class=\"what\">accuracy"));
  CHECK_THAT(page, Catch::Contains("+3.0 <small>[+1.0, +5.0]</small>"));
  CHECK_THAT(page, Catch::Contains("−1.0 <small>[−3.0, +1.0] inside the noise</small>"));
  CHECK(count(page, "class=\"clear\"") == 1);
  CHECK_THAT(page, Catch::Contains("3 items left out, which were learned from and asked about"));
  CHECK_THAT(page, Catch::Contains("2 tasks, 1,200 items learned from"));
}

TEST_CASE("the heat map has a row after each task, and a dash where a task was not asked about", "[classes]") {
  const std::string page = class_report_body(json::object(), small_results());
  CHECK(count(page, "class=\"heat\"") == 2);
  CHECK_THAT(page, Catch::Contains("<tr><th>1</th><td style=\"--v:1.000\">100</td><td>–</td></tr>"));
  CHECK_THAT(page,
             Catch::Contains("<tr><th>2</th><td style=\"--v:0.950\">95</td><td style=\"--v:0.850\">85</td></tr>"));
}

TEST_CASE("each measure that an arm has stands with its formula, and no other", "[classes]") {
  const std::string page = class_report_body(json::object(), small_results());
  CHECK_THAT(page, Catch::Contains("<dt>forgetting</dt>"));
  CHECK_THAT(page, Catch::Contains("paired bootstrap"));
  CHECK(page.find("AUROC") == std::string::npos);
  CHECK(page.find("<dt>±</dt>") == std::string::npos);
  json several = small_results();
  several.erase("seed");
  several["seeds"] = {1, 2};
  CHECK_THAT(class_report_body(json::object(), several),
             Catch::Contains("<dt>±</dt>") && Catch::Contains("seeds 1, 2"));
}

TEST_CASE("names from data are escaped, and a page of nothing is a page", "[classes]") {
  const std::string page = class_report_body(json::object(), small_results());
  CHECK(page.find("small <b>") == std::string::npos);
  CHECK(page.find("<i>") == std::string::npos);
  CHECK_THAT(page, Catch::Contains("small &lt;b&gt;"));
  CHECK_THAT(class_report_body(json::object(), json::object()), Catch::Contains("What is kept"));
}
