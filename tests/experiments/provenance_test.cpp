#include "experiments/provenance.h"

#include <catch2/catch.hpp>

using namespace noema::experiments;
using Catch::Contains;
using nlohmann::json;

TEST_CASE("settings that arms tuned are listed with what they were tuned on, escaped") {
  const json results = {{"arms",
                         {{{"arm", "cache"}, {"settings", {{"theta", 16}, {"lambda", 0.25}}}},
                          {{"arm", "static"}},
                          {{"arm", "<b>"}, {"settings", {{"rate", 0.001}}}}}}};
  json manifest = {{"stream", {{"tune_lines", 1200}}}, {"experiment", {{"stream", "x"}}}};
  const std::string front = tuned_settings(results, manifest);
  CHECK_THAT(front, Contains("1,200 lines of the front of the stream, which is not scored"));
  CHECK_THAT(front, Contains("<th>cache</th><td class=\"text\">lambda 0.25, theta 16</td>"));
  CHECK_THAT(front, Contains("&lt;b&gt;") && !Contains("static") && !Contains("<b>"));
  manifest["experiment"]["tuning"] = {{"kind", "files"}};
  CHECK_THAT(tuned_settings(results, manifest), Contains("of another stream"));
  CHECK(tuned_settings({{"arms", {{{"arm", "static"}}}}}, manifest).empty());
  CHECK(tuned_settings(json::object(), json::object()).empty());
}

TEST_CASE("the record of a run has its command, its settings and its hashes, and leaves out what is absent") {
  const std::string page = provenance({{"command", "noema run a.toml --out b\nnoema run <c>"},
                                       {"experiment", {{"stream", {{"lines", 30}}}, {"arms", {"static", "noema"}}}},
                                       {"seed", 7},
                                       {"data_hash", "abc"}});
  CHECK_THAT(page, Contains("noema run a.toml --out b\nnoema run &lt;c&gt;"));
  CHECK_THAT(page, Contains("stream.lines") && Contains("arms.1"));
  CHECK_THAT(page, Contains("data (SHA-256)") && Contains("abc") && !Contains("model (SHA-256)"));
  CHECK_THAT(page, Contains("<dt>seed</dt>"));
  CHECK_THAT(provenance({{"experiment", {{"seeds", {1, 2}}}}, {"seed", 1}}), !Contains("<dt>seed</dt>"));
  CHECK_THAT(provenance({{"stream", {{"tasks", {{{"learned", 5}, {"asked", 2}}}}, {"outside", 3}}}}),
             Contains("1 tasks: 5 items learned from, 2 asked about, 3 of no class"));
}
