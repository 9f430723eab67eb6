#include "app/actions/company.h"

#include <catch2/catch.hpp>
#include <set>

#include "app/actions/similar.h"
#include "tests/app/knowing_life.h"

using namespace noema;
using tests::SmallLife;

TEST_CASE("a life that has not thought about company says so", "[company]") {
  SmallLife life({"the king lives in the castle"});
  const auto view = life.mind->view();
  CHECK_THROWS_WITH(app::words_of(view.life()), Catch::Contains("small.life") && Catch::Contains("noema think"));
  CHECK_THROWS_WITH(app::company_of(view.life()), Catch::Contains("small.life") && Catch::Contains("noema think"));
}

TEST_CASE("words are named in any case, and unknown ones with what is near", "[company]") {
  const tests::KnownWords known;
  CHECK(app::word_written(known.words, "DOG") == known.words.find("dog"));
  CHECK_FALSE(app::word_written(known.words, "zyzzyva"));
  CHECK_FALSE(app::word_written(known.words, ""));
  CHECK_FALSE(app::word_written(known.words, "\xff"));
  CHECK_THROWS_WITH(app::word_named(known.words, "doog"), Catch::Contains("no word 'doog'") && Catch::Contains("dog"));
  CHECK_THROWS_AS(app::word_named(known.words, "doog"), app::UnknownName);
}

TEST_CASE("the words of a text that are known stand in its order, as often as they are there", "[company]") {
  const tests::KnownWords known;
  const auto word = [&](const char* text) { return app::word_named(known.words, text); };
  app::TextWords words;
  CHECK(words.of(known.words, "The dog, zyzzyva; the AXE") ==
        std::vector{word("the"), word("dog"), word("the"), word("axe")});
  CHECK(words.of(known.words, "").empty());
  CHECK(words.of(known.words, "dog \xff").empty());
}

TEST_CASE("similar words are of one kind, without loading the graph", "[company]") {
  const tests::KnownWords known;
  const auto found = app::similar_by_company(known.life, "dog", 4);
  REQUIRE(found);
  for (const auto& one : *found)
    CHECK_FALSE(std::set<std::string>{"saw", "axe", "drill", "vice", "steel", "motor"}.contains(one.found.label));
  CHECK_FALSE(app::similar_by_company(known.life, "zyzzyva", 4));
}
