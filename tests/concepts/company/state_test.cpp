#include "concepts/company/state.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "tests/concepts/company/companies.h"

using namespace noema::concepts::company;
using namespace noema::tests;

TEST_CASE("what is loaded is what was saved, vectors to a 254th of their largest entry", "[company]") {
  const Company company = company_of(world_of_kinds(1, 800));
  const Words words = load_words(save(company.words));
  REQUIRE(words.size() == company.words.size());
  CHECK(words.units() == company.words.units());
  for (Word word = 0; word < words.size(); ++word) {
    CHECK(words[word].identity == company.words[word].identity);
    CHECK(words[word].label == "x");
    CHECK(words[word].occurrences == company.words[word].occurrences);
    CHECK(words[word].informativeness == company.words[word].informativeness);
    const auto difference = (words.vectors().row(word) - company.words.vectors().row(word)).cwiseAbs().maxCoeff();
    CHECK(difference <= company.words.vectors().row(word).cwiseAbs().maxCoeff() / 253);
  }
  CHECK(load_associations(save(company.associations)).after() == company.associations.after());
}

TEST_CASE("bytes that are cut off or changed are refused or give something finite, and never crash", "[company]") {
  const Company company = company_of(world_of_kinds(1, 100));
  noema::base::Rng rng(1);
  const std::string words = save(company.words), cells = save(company.associations);
  for (int i = 0; i < 300; ++i) {
    std::string a = words, b = cells;
    if (i % 2 == 0) {
      a.resize(rng.below(a.size()));
      b.resize(rng.below(b.size()));
    } else {
      a[rng.below(a.size())] = static_cast<char>(rng.below(256));
      b[rng.below(b.size())] = static_cast<char>(rng.below(256));
    }
    try {
      const bool is_finite = load_words(a).vectors().allFinite();
      CHECK(is_finite);
    } catch (const noema::base::Error&) {
    }
    try {
      const std::size_t count = load_associations(b).words();
      CHECK(count <= b.size());
    } catch (const noema::base::Error&) {
    }
  }
  CHECK_THROWS_AS(load_words(cells), noema::base::Error);
  CHECK_THROWS_AS(load_associations(words), noema::base::Error);
}
