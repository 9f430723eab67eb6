#include "experiments/pair_report.h"

#include <catch2/catch.hpp>

using namespace noema::experiments;
using nlohmann::json;

namespace {

json results_of_pairs() {
  return json::parse(R"({
    "name": "pairs <b>", "seed": 7, "pairs": 1250, "characters": 31000,
    "arms": [
      {"arm": "translator", "bleu": 21.5, "target_bits_per_char": 3.25, "late_bleu": 20.125, "state_bytes": 0,
       "seconds": 61, "by_part": [{"bleu": 23.0}, {"bleu": 20.0}]},
      {"arm": "told{leave_out=<i>}", "bleu": 30.0, "target_bits_per_char": 2.5, "late_bleu": 34.5,
       "state_bytes": 2048, "seconds": 2.5,
       "by_part": [{"bleu": 24.0}, {"bleu": 36.0}],
       "late_against": {"translator": {"bleu": 14.375, "low": 12.0, "high": 16.5}},
       "against": {"translator": {"nats_per_word": -0.25, "low": -0.5, "high": 0.125}},
       "settings": {"mean_weights": {"copy": 0.25, "translator": 0.75}}}]})");
}

std::string page_of(const json& results, const json& manifest = json::object()) {
  return pair_report_body(manifest, results);
}

bool has(const std::string& page, const std::string& part) { return page.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("the page says how many pairs were told, and what the model was trained on") {
  const std::string page =
      page_of(results_of_pairs(),
              {{"stream", {{"trained_on", 4000}, {"left_out_of_training", 12}}}, {"started", "2026-01-02 <3>"}});
  CHECK_THAT(page, Catch::Contains("1,250 pairs told") && Catch::Contains("31,000 characters of targets"));
  CHECK_THAT(page, Catch::Contains("4,000 pairs to train the model on, 12 left out of them · seed 7"));
  CHECK_THAT(page, Catch::Contains("2026-01-02 &lt;3&gt;"));
}

TEST_CASE("an arm's row has its metrics, its differences to the first arm, its state and its seconds") {
  const std::string page = page_of(results_of_pairs());
  CHECK_THAT(page, Catch::Contains("<th>against translator<br><small>BLEU-4, later half [95%]</small></th>"));
  CHECK_THAT(page, Catch::Contains("<td class=\"clear\">+14.38 <small>[+12.00, +16.50]</small></td>"));
  CHECK_THAT(page, Catch::Contains("<td class=\"\">−0.250 <small>[−0.500, +0.125] inside the noise</small></td>"));
  CHECK_THAT(page, Catch::Contains("<td>34.50</td>"));
  CHECK_THAT(page, Catch::Contains("<td class=\"none\">–</td><td class=\"none\">–</td>"));  // the first against itself
  CHECK_THAT(page, Catch::Contains("2.5 s"));
}

TEST_CASE("a difference is clear on either side of 0, and not where an end of its interval is 0") {
  json results = results_of_pairs();
  json& d = results["arms"][1]["late_against"]["translator"];
  d = {{"bleu", -2.0}, {"low", -3.0}, {"high", -1.0}};
  CHECK_THAT(page_of(results), Catch::Contains("<td class=\"clear\">−2.00 <small>[−3.00, −1.00]</small></td>"));
  d = {{"bleu", 2.0}, {"low", 0.0}, {"high", 4.0}};
  CHECK_THAT(page_of(results), Catch::Contains("[+0.00, +4.00] inside the noise"));
  d = {{"bleu", 2.0}, {"low", nullptr}, {"high", 4.0}};
  CHECK_FALSE(has(page_of(results), "+4.00"));
}

TEST_CASE("each metric that an arm has stands by parts of the stream, and no other") {
  const std::string page = page_of(results_of_pairs());
  CHECK_THAT(page, Catch::Contains("by fifth of the stream"));
  CHECK_THAT(page, Catch::Contains("<th>arm</th><th>1</th><th>2</th></tr>"));
  CHECK_THAT(page, Catch::Contains("Papineni"));
  CHECK_FALSE(has(page, "terms, first time"));
  json with_terms = results_of_pairs();
  with_terms["arms"][1]["new_terms"] = 0.125;
  CHECK_THAT(page_of(with_terms), Catch::Contains("terms, first time") && Catch::Contains("12.5%"));
}

TEST_CASE("the weights of voices are shown of the arms that mix some, and else there is no such part") {
  const std::string page = page_of(results_of_pairs());
  CHECK_THAT(page, Catch::Contains("copy 0.250 &nbsp; translator 0.750"));
  json without = results_of_pairs();
  without["arms"][1].erase("settings");
  CHECK_FALSE(has(page_of(without), "Mean weights of the voices"));
}

TEST_CASE("what the report of pairs takes from data is escaped, and one of nothing is a page") {
  const std::string page = page_of(results_of_pairs());
  CHECK_FALSE(has(page, "pairs <b>"));
  CHECK_FALSE(has(page, "<i>"));
  CHECK_THAT(page, Catch::Contains("pairs &lt;b&gt;"));
  const std::string empty = page_of(json::object());
  CHECK_THAT(empty, Catch::Contains("0 pairs told") && Catch::Contains("chart_bleu"));
  CHECK_FALSE(has(empty, "nan"));
}
