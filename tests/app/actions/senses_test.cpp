#include "app/actions/senses.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <set>

#include "app/actions/tell.h"
#include "tests/app/knowing_life.h"

using namespace noema;

namespace {

struct KnownSenses : tests::KnownWords {
  app::SenseTeller teller{life, words, 1};
};

std::string senses_json(app::SenseTeller& teller, const std::string& word) {
  std::string text;
  for (const auto& value : teller.senses(word)) text += app::to_json(value).dump() + "\n";
  return text;
}

}  // namespace

TEST_CASE("a word of two kinds has two senses, and each mention the one of its line", "[company]") {
  KnownSenses known;
  const auto senses = known.teller.senses("crane");
  REQUIRE(senses.size() >= 2);
  std::size_t mentions = 0;
  for (const auto& sense : senses) {
    mentions += sense.count;
    CHECK_FALSE(sense.examples.empty());
    CHECK(sense.label.find("crane (") == 0);
  }
  CHECK(mentions == 400);
  const auto bird = known.teller.senses_in("crane", "the wild crane nests and the young crane sleeps");
  const auto machine = known.teller.senses_in("crane", "the rusty steel crane lifts and breaks");
  REQUIRE(bird.size() == 2);
  CHECK(bird[0].start == 9);
  CHECK(bird[1].start == 35);
  CHECK(bird[0].probability > 0.5);
  CHECK(bird[0].sense != machine[0].sense);
}

TEST_CASE("senses are numbered from the commonest, and shown with a few words and inputs of their own", "[company]") {
  KnownSenses known;
  const auto senses = known.teller.senses("crane");
  for (std::size_t i = 0; i < senses.size(); ++i) {
    CHECK(senses[i].sense == i + 1);
    if (i > 0) CHECK(senses[i].count <= senses[i - 1].count);
    CHECK(senses[i].neighbours.size() <= 8);
    CHECK(senses[i].examples.size() <= 3);
    std::set<std::string> texts;
    for (const auto& example : senses[i].examples) {
      CHECK(texts.insert(example.text).second);
      CHECK(example.text.substr(example.begin, example.end - example.begin) == "crane");
    }
    CHECK_FALSE(senses[i].probability);
    CHECK_FALSE(app::to_json(senses[i]).contains("start"));
  }
}

TEST_CASE("a word is looked up in any case, several words that stand together too, and each time the same",
          "[company]") {
  KnownSenses known;
  const std::string first = senses_json(known.teller, "crane");
  CHECK(senses_json(known.teller, "CRANE") == first);
  CHECK(senses_json(known.teller, "crane") == first);
  KnownSenses again;
  CHECK(senses_json(again.teller, "crane") == first);
  for (const auto& sense : known.teller.senses("wild crane"))
    for (const auto& example : sense.examples)
      CHECK(example.text.substr(example.begin, example.end - example.begin) == "wild crane");
}

TEST_CASE("what is not known, not there or no text is refused in words", "[company]") {
  KnownSenses known;
  CHECK_THROWS_AS(known.teller.senses("zyzzyva"), app::UnknownName);
  CHECK_THROWS_WITH(known.teller.senses("cran"), Catch::Contains("'cran'") && Catch::Contains("did you mean crane?"));
  for (const char* none : {"", " ", "\xff"}) CHECK_THROWS_AS(known.teller.senses(none), app::UnknownName);
  CHECK_THROWS_WITH(known.teller.senses_in("crane", "nothing here"), Catch::Contains("does not hold 'crane'"));
  CHECK_THROWS_WITH(known.teller.senses_in("crane", "a \xff"), Catch::Contains("not UTF-8 at byte 2"));
}

TEST_CASE("a word whose inputs were all withdrawn is known, and has no senses any more", "[company]") {
  const tests::Workplace work;
  const std::string path = work.file("copy.life");
  std::filesystem::copy(tests::knowing_life(), path);
  const auto senses_of_zebra = [&] {
    const memory::Life life = app::open_to_read(path);
    const auto words = app::words_of(life);
    return app::SenseTeller(life, words, 1).senses("zebra");
  };
  CHECK(senses_of_zebra().front().examples.size() == 1);
  app::forget(app::open_to_write(path), std::to_string(tests::lines_of_knowing_life().size()), "");
  CHECK_THROWS_WITH(senses_of_zebra(), Catch::Contains("no input that can still be read mentions 'zebra'"));
}

TEST_CASE("mentions get a sense each, and null where nothing is known of what stands there", "[company]") {
  KnownSenses known;
  const auto sense_of = [&](const std::string& text, std::size_t start, std::size_t end) {
    return known.teller.induce({"x", text, start, end});
  };
  const auto wild = sense_of("the wild crane nests", 9, 14);
  REQUIRE(wild);
  CHECK(wild->find('.') != std::string::npos);
  CHECK(sense_of("the wild crane nests", 10, 13) == wild);  // a part of the word stands for it
  CHECK(sense_of("the wild crane nests", 8, 15) == wild);   // and so does the space around it
  const auto steel = sense_of("the rusty steel crane lifts", 16, 21);
  REQUIRE(steel);
  CHECK(steel->substr(0, steel->find('.')) != wild->substr(0, wild->find('.')));
  CHECK_FALSE(sense_of("zyzzyva", 0, 7));
}

TEST_CASE("a line of mentions keeps its id as it is, and is refused with its place if it names none", "[company]") {
  const auto crane = app::mention_of(R"({"id":"a","text":"the wild crane nests","start":9,"end":14})", "x:1");
  CHECK(crane.text.substr(crane.start, crane.end - crane.start) == "crane");
  const auto other = app::mention_of(R"({"id":{"n":7},"text":"né","start":0,"end":3,"more":1})", "x:2");
  CHECK(app::to_json(other, std::nullopt).dump() == R"({"id":{"n":7},"sense":null})");
  CHECK(app::to_json(app::mention_of(R"({"text":"a","start":0,"end":1})", "x:2"), "1.2").dump() ==
        R"({"id":null,"sense":"1.2"})");
  for (const char* line : {"", "{}", "[]", "null", R"({"text":5,"start":0,"end":1})", R"({"text":"ab","start":0})",
                           R"({"text":"ab","start":-1,"end":1})", R"({"text":"ab","start":0.5,"end":1})"})
    CHECK_THROWS_WITH(app::mention_of(line, "x:3"), Catch::StartsWith("x:3: expected {"));
  for (const char* line : {R"({"text":"ab","start":1,"end":1})", R"({"text":"ab","start":2,"end":1})",
                           R"({"text":"ab","start":0,"end":3})", R"({"text":"","start":0,"end":1})",
                           R"({"text":"ab","start":0,"end":18446744073709551615})"})
    CHECK_THROWS_WITH(app::mention_of(line, "x:3"),
                      Catch::Contains("x:3: ") && Catch::Contains("are no place in a text"));
}
