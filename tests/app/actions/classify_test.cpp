#include "app/actions/classify.h"

#include <catch2/catch.hpp>

#include "base/stop.h"
#include "tests/app/small_life.h"

using namespace noema;

namespace {

/// A life on disk that was told what some texts are called.
struct LabelledLife : tests::SmallLife {
  explicit LabelledLife(const std::vector<std::pair<std::string, std::string>>& labelled) {
    for (const auto& [label, text] : labelled) {
      reasoning::Input input;
      input.label = label;
      input.text = text;
      mind->perceive(input);
    }
    mind->commit();
    mind.reset();
  }
  std::vector<app::ClassifiedLine> classified(const std::string& text, const std::stop_token& stop = {}) const {
    std::vector<app::ClassifiedLine> lines;
    app::classify_inputs(
        app::open_to_read(path), work.write("asked.txt", text), [&](const auto& line) { lines.push_back(line); }, stop);
    return lines;
  }
};

const std::vector<std::pair<std::string, std::string>> kTaught{
    {"weather", "will it rain"}, {"weather", "is it cold today"}, {"money", "pay my bill"}, {"money", "what do i owe"}};

}  // namespace

TEST_CASE("taught by two texts each, classes name texts like theirs, with a confidence and what else it could be") {
  const LabelledLife life(kTaught);
  const auto lines = life.classified("rain today\n\nmy bill\nzyzzyva\n");
  REQUIRE(lines.size() == 4);
  CHECK(lines[0].line == 1);
  CHECK(lines[0].text == "rain today");
  CHECK(lines[0].named.best == "weather");
  CHECK(lines[0].named.runner_up == "money");
  CHECK(lines[2].named.best == "money");
  for (const auto& line : lines) {
    CHECK(line.named.confidence >= 0);
    CHECK(line.named.confidence + line.named.unknown <= 1 + 1e-9);
  }
  for (const std::size_t unknown : {1U, 3U}) {
    CHECK_FALSE(lines[unknown].named.label);
    CHECK(app::to_json(lines[unknown]).dump() == R"({"line":)" + std::to_string(unknown + 1) +
                                                     R"(,"label":null,"confidence":0.0,"runner_up":null,)"
                                                     R"("likeliest":null,"unknown":1.0})");
  }
}

TEST_CASE("asking teaches nothing, and a life without labels knows no text") {
  const LabelledLife life(kTaught), empty({});
  const auto first = life.classified("rain today\nmy bill\n"), again = life.classified("rain today\nmy bill\n");
  for (std::size_t i = 0; i < first.size(); ++i) CHECK(app::to_json(first[i]) == app::to_json(again[i]));
  CHECK(app::open_to_read(life.path).counts().episodes == 4);
  CHECK_FALSE(empty.classified("rain today\n").at(0).named.best);
  CHECK(life.classified("").empty());
}

TEST_CASE("naming texts is stopped when that is asked for, and ends at a line that is no text") {
  const LabelledLife life(kTaught);
  std::stop_source stop;
  stop.request_stop();
  CHECK_THROWS_AS(life.classified("rain today\n", stop.get_token()), base::Interrupted);
  CHECK_THROWS_WITH(life.classified("rain today\ncaf\xe9\n"), Catch::Contains("asked.txt:2: byte 3 is not UTF-8"));
}
