#include "concepts/company/company.h"

#include <catch2/catch.hpp>

#include "tests/concepts/company/texts.h"

using namespace noema::concepts::company;
using namespace noema::tests;

namespace {

std::optional<UnitNames> name(noema::concepts::ConceptId unit) {
  return UnitNames{std::to_string(unit), "<" + std::to_string(unit) + ">", {}};
}

}  // namespace

TEST_CASE("words that stand where others of their kind do are nearest to them", "[company]") {
  const Text text = world_of_kinds(1, 4000);
  const auto company = make_company(episodes_of(text), name, 1, {.width = 10});
  REQUIRE(company);
  for (const unsigned unit : {1, 15, 28, 33}) {
    const auto word = company->words.find(std::to_string(unit));
    REQUIRE(word);
    for (const ScoredWord& near : nearest_words(company->words, *word, 4)) {
      const auto other = company->words[near.word].unit;
      CHECK((other < 500 ? other / 10 : (other - 500) / 10) == unit / 10);
    }
  }
}

TEST_CASE("the same episodes and seed give the same bits", "[company]") {
  const Text text = world_of_kinds(2, 500);
  const auto a = make_company(episodes_of(text), name, 5), b = make_company(episodes_of(text), name, 5);
  CHECK(a->words.vectors() == b->words.vectors());
  CHECK(a->associations.after() == b->associations.after());
}

TEST_CASE("units without a name are left out, and making stops when it is asked to", "[company]") {
  const Text text = world_of_kinds(3, 2000);
  const auto some = make_company(
      episodes_of(text), [](auto unit) { return unit > 1000 ? std::nullopt : name(unit); }, 1);
  CHECK_FALSE(some->words.find("1001"));
  CHECK(some->words.find("12"));
  CHECK_FALSE(make_company(episodes_of(text), name, 1, {}, [] { return false; }));
  int asked = 0;
  CHECK_FALSE(make_company(episodes_of(text), name, 1, {}, [&] { return ++asked < 4; }));
}

TEST_CASE("nothing told has a company of no words", "[company]") {
  const Text text;
  const auto company = make_company(episodes_of(text), name, 1);
  REQUIRE(company);
  CHECK(company->words.size() == 0);
}
