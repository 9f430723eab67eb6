#include "app/actions/company.h"

#include <catch2/catch.hpp>
#include <set>

#include "app/actions/analogy.h"
#include "app/actions/group.h"
#include "app/actions/senses.h"
#include "app/actions/similar.h"
#include "tests/app/small_life.h"
#include "tests/reasoning/kinds.h"

using namespace noema;
using tests::SmallLife;

namespace {

struct KnowingLife : SmallLife {
  KnowingLife() : SmallLife(tests::lines_of_kinds()) {
    mind->think_of_company();
    mind->checkpoint();
  }
};

}  // namespace

TEST_CASE("a life that has not thought about company says so", "[company]") {
  SmallLife life({"the king lives in the castle"});
  const auto view = life.mind->view();
  CHECK_THROWS_AS(app::words_of(view.life()), base::Error);
  CHECK_THROWS_AS(app::company_of(view.life()), base::Error);
}

TEST_CASE("words are named in any case, and unknown ones with what is near", "[company]") {
  KnowingLife life;
  const auto view = life.mind->view();
  const auto words = app::words_of(view.life());
  CHECK(app::word_written(words, "DOG") == words.find("dog"));
  CHECK_FALSE(app::word_written(words, "zyzzyva"));
  CHECK_FALSE(app::word_written(words, ""));
  try {
    app::word_named(words, "doog");
    FAIL("an unknown word was named");
  } catch (const app::UnknownName& error) {
    CHECK(std::string(error.what()).find("dog") != std::string::npos);
  }
}

TEST_CASE("similar words are of one kind, without loading the graph", "[company]") {
  KnowingLife life;
  const auto view = life.mind->view();
  const auto found = app::similar_by_company(view.life(), "dog", 4);
  REQUIRE(found);
  for (const auto& one : *found)
    CHECK_FALSE(std::set<std::string>{"saw", "axe", "drill", "vice", "steel", "motor"}.contains(one.found.label));
  CHECK_FALSE(app::similar_by_company(view.life(), "zyzzyva", 4));
}

TEST_CASE("words and texts are grouped by kind, one value a line, null for what is unknown", "[company]") {
  KnowingLife life;
  const auto view = life.mind->view();
  const auto words = app::words_of(view.life());
  const auto grouped = app::group_words(words, {"dog", "axe", "zyzzyva", "Cat", "drill", "cat"}, {.groups = 2});
  REQUIRE(grouped.size() == 6);
  CHECK(grouped[0].group == grouped[3].group);
  CHECK(grouped[3].group == grouped[5].group);
  CHECK(grouped[1].group == grouped[4].group);
  CHECK(grouped[0].group != grouped[1].group);
  CHECK(app::word_json(grouped[2]).dump() == R"({"word":"zyzzyva","group":null})");
  const auto texts = app::group_texts(words, {"the dog sleeps", "the axe breaks", "", "a wild fox"}, {.groups = 2});
  CHECK(texts[0].group == texts[3].group);
  CHECK(texts[0].group != texts[1].group);
  CHECK(app::line_json(texts[2]).dump() == R"({"line":3,"group":null})");
}

TEST_CASE("analogies answer each line in order, and say which they do not cover", "[company]") {
  KnowingLife life;
  const auto view = life.mind->view();
  const auto company = app::company_of(view.life());
  app::AnalogySolver solver(company, concepts::company::Asked::kBoth, 3);
  std::vector<std::string> lines;
  solver.solve_all({"dog cat axe saw", "dog cat", "dog zyzzyva axe", "dog cat axe"},
                   [&](std::size_t line, const app::AnalogyValue& value) {
                     CHECK(line == lines.size() + 1);
                     lines.push_back(app::to_json(line, value).dump());
                   });
  REQUIRE(lines.size() == 4);
  CHECK(lines[1] == R"({"question":2,"answer":null,"hits":[],"covered":false})");
  CHECK(lines[0].substr(lines[0].find("answer")) == lines[3].substr(lines[3].find("answer")));
  CHECK(solver.solve({"dog", "cat", "axe"}).hits.size() == 3);
  CHECK_THROWS_AS(solver.solve({"dog", "cat", "zyzzyva"}), app::UnknownName);
}

TEST_CASE("a word of two kinds has two senses, and each mention the one of its line", "[company]") {
  KnowingLife life;
  const auto view = life.mind->view();
  const auto words = app::words_of(view.life());
  app::SenseTeller teller(view.life(), words, 1);
  const auto senses = teller.senses("crane");
  REQUIRE(senses.size() >= 2);
  std::size_t mentions = 0;
  for (const auto& sense : senses) {
    mentions += sense.count;
    CHECK_FALSE(sense.examples.empty());
    CHECK(sense.label.find("crane (") == 0);
  }
  CHECK(mentions == 400);
  const auto bird = teller.senses_in("crane", "the wild crane nests and the young crane sleeps");
  const auto machine = teller.senses_in("crane", "the rusty steel crane lifts and breaks");
  REQUIRE(bird.size() == 2);
  CHECK(bird[0].start == 9);
  CHECK(bird[0].probability > 0.5);
  CHECK(bird[0].sense != machine[0].sense);
  CHECK_THROWS_AS(teller.senses_in("crane", "nothing here"), base::Error);
  CHECK_THROWS_AS(teller.senses("zyzzyva"), app::UnknownName);
}

TEST_CASE("mentions get a sense each, and null where nothing is known of what stands there", "[company]") {
  KnowingLife life;
  const auto view = life.mind->view();
  const auto words = app::words_of(view.life());
  app::SenseTeller teller(view.life(), words, 1);
  const auto crane = app::mention_of(R"({"id":"a","text":"the wild crane nests","start":9,"end":14})", "x:1");
  CHECK(teller.induce(crane));
  const auto none = app::mention_of(R"({"id":"b","text":"zyzzyva","start":0,"end":7})", "x:2");
  CHECK(app::to_json(none, teller.induce(none)).dump() == R"({"id":"b","sense":null})");
  for (const char* line : {"", "{}", R"({"text":"ab","start":1,"end":1})", R"({"text":"ab","start":0,"end":3})",
                           R"({"text":"ab","start":-1,"end":1})", R"({"text":5,"start":0,"end":1})"})
    CHECK_THROWS_AS(app::mention_of(line, "x:3"), base::Error);
}
