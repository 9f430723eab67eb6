#include "app/actions/topics.h"

#include <catch2/catch.hpp>

#include "app/actions/group.h"
#include "base/rng.h"
#include "concepts/company/grouping.h"
#include "tests/app/small_life.h"
#include "tests/reasoning/kinds.h"

using namespace noema;
using tests::SmallLife;

TEST_CASE("a life that has not thought about its topics says so", "[company]") {
  SmallLife life({"the king lives in the castle"});
  CHECK_THROWS_AS(app::topics_of(life.mind->view().life()), base::Error);
}

TEST_CASE("topics of a life have words and examples, and say what texts are about", "[company]") {
  SmallLife life(tests::lines_of_kinds());
  CHECK(life.mind->topics_are_due());
  CHECK(life.mind->think_of_topics());
  life.mind->checkpoint();
  CHECK_FALSE(life.mind->topics_are_due());
  const auto view = life.mind->view();
  const auto topics = app::topics_of(view.life());
  const auto values = app::topics_in(view.life(), topics, 1);
  REQUIRE(topics.size() >= 2);
  REQUIRE(values.size() == 1);
  CHECK(values[0].topic == 1);
  CHECK(values[0].words.size() > 2);
  CHECK(values[0].label.find(values[0].words[0]) == 0);
  REQUIRE_FALSE(values[0].examples.empty());
  CHECK(values[0].examples[0].find("the ") == 0);
  const auto texts = app::topics_of_texts(topics, {"wild dog nests", "the zyzzyva", "rusty steel motor", "\xff"});
  REQUIRE(texts.size() == 4);
  CHECK(texts[0].topic);
  CHECK(texts[2].topic);
  CHECK(texts[0].topic != texts[2].topic);
  CHECK(app::to_json(texts[1]).dump() == R"({"line":2,"topic":null,"label":null,"probability":null})");
  CHECK_FALSE(texts[3].topic);
}

TEST_CASE("thousands of texts are grouped by their topics, with their number given or not", "[company]") {
  const std::vector<std::vector<std::string>> kinds{
      {"dog", "cat", "hen"}, {"saw", "axe", "drill"}, {"tea", "milk", "beer"}};
  base::Rng rng(1);
  std::vector<std::string> texts;
  for (std::size_t i = 0; i <= concepts::company::kMostCompared; ++i) {
    const auto& kind = kinds[i % 3];
    texts.push_back("the " + kind[rng.below(3)] + " and the " + kind[rng.below(3)] + " with " + kind[rng.below(3)]);
  }
  texts[3] = "";
  texts[4] = "zyzzyva";
  for (const auto given : {std::optional<std::size_t>(3), std::optional<std::size_t>()}) {
    const auto groups = app::group_texts({}, texts, {.groups = given});
    REQUIRE(groups.size() == texts.size());
    CHECK_FALSE(groups[3].group);
    CHECK(groups[4].group == (given ? 3 : 4));
    for (std::size_t i = 5; i < texts.size(); ++i) CHECK(groups[i].group == groups[i % 3 == 0 ? 0 : i % 3].group);
    CHECK(groups[0].group != groups[1].group);
  }
}
