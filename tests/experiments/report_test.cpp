#include "experiments/report.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "base/error.h"
#include "base/files.h"
#include "tests/experiments/fakes.h"

using namespace noema::experiments;
namespace base = noema::base;

namespace {

std::string report_of_small_run() {
  const TemporaryFolder folder;
  HookCalls calls;
  ExperimentOptions options;
  options.out = folder / "out";
  options.command = "noema run 'a&b.toml' --out DIR";
  options.code_version = "<b>v1</b>";
  return base::read_file(run_experiment(small_experiment(), fake_hooks(calls), options).report);
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("a report refers to nothing outside itself") {
  const std::string page = report_of_small_run();
  for (const char* part : {"http:", "https:", "src=\"", "src='", "@import", "url(", "<link", "<iframe"}) {
    CAPTURE(part);
    CHECK(count(page, part) == 0);
  }
  CHECK(count(page, "Content-Security-Policy") == 1);
  CHECK(count(page, "Chart.js v3") == 1);
}

TEST_CASE("hostile names, labels and reasons stay text") {
  const std::string page = report_of_small_run();
  CHECK(count(page, "</script>") == 3);  // the data, the chart library and the page's own script
  CHECK(count(page, "<script>alert") == 0);
  CHECK(count(page, "<img") == 0);
  CHECK(count(page, "<svg onload") == 0);
  CHECK(count(page, "<b>v1") == 0);
  CHECK(count(page, "</title><script>") == 0);
  CHECK(count(page, "&lt;/script&gt;") > 0);
  CHECK(count(page, "a&amp;b.toml") == 1);
}

TEST_CASE("a report shows every arm, the formulas, the record and the command") {
  const std::string page = report_of_small_run();
  for (const char* part : {">static</th>", ">noema</th>", "Bits per character so far", "Concepts and relations",
                           "Thoughts", "Cost", "paired bootstrap", "data (SHA-256)", "How to do this again",
                           "2^(sum of bits", "class=\"graph\"", "model.train_lines"}) {
    CAPTURE(part);
    CHECK(count(page, part) >= 1);
  }
}

TEST_CASE("a report of an empty run is still a page") {
  const std::string page = render_report(ReportInput{nlohmann::json::object(), nlohmann::json::object(), {}, nullptr});
  CHECK(count(page, "</html>") == 1);
}

TEST_CASE("a folder without a run has no report") {
  const TemporaryFolder folder;
  CHECK_THROWS_WITH(render_report(folder.path()), Catch::Contains("holds no finished run"));
}

TEST_CASE("numbers that are not finite are shown nowhere in a report, in memory and from files, where they are null") {
  for (const nlohmann::json& bad : {nlohmann::json(NAN), nlohmann::json(INFINITY), nlohmann::json()}) {
    ReportInput input;
    input.manifest = {{"name", "odd"}};
    nlohmann::json arm = {{"arm", "noema"}, {"lines", bad}, {"concepts", 3}};
    for (const char* key : {"bits_per_char", "seconds", "thinking_seconds", "gain_bits"}) arm[key] = bad;
    arm["against"] = {{"static", {{"nats_per_word", bad}, {"low", bad}, {"high", bad}}}};
    nlohmann::json still = arm;
    still["arm"] = "static";
    input.results = {{"arms", {arm, still}}, {"gain_correlation", bad}};
    input.events = {{{"arm", "noema"}, {"experience", 1}, {"bits_per_char", bad}, {"seconds", bad}}};
    input.portrait = {{"nodes", {{{"id", "1"}, {"label", "a"}, {"count", bad}}, {{"id", "2"}, {"label", "b"}}}},
                      {"edges", {{{"from", "1"}, {"to", "2"}, {"weight", bad}}}},
                      {"thoughts", {{{"id", "thought:1"}, {"kind", "merge"}, {"gain_bits", bad}}}},
                      {"by_kind", {{"merge", {{"thoughts", 1}, {"gain_bits", bad}}}}}};
    std::string page = render_report(input);
    const std::size_t scripts = page.find("<script");
    CHECK(page.find("<th>", 0) < scripts);
    page.resize(scripts);
    for (const char* part : {">nan", " nan", "nan ", "=\"nan", ">inf", " inf ", "=\"inf", ">null"}) {
      CAPTURE(part);
      CHECK(count(page, part) == 0);
    }
  }
}
