#include "concepts/company/analogies.h"

#include <catch2/catch.hpp>

#include "tests/concepts/company/companies.h"

using namespace noema::concepts::company;
using namespace noema::tests;

namespace {

/// Things 10, 11, ... each with a place 30, 31, ... of it: what stands beside a place is told by its kind and by whose
/// it is. Things stand after 1, 2 or 3, places after 4, 5 or 6; 100 + i goes with both of number i.
Text places_of_things() {
  noema::base::Rng rng(1);
  Text text;
  for (int i = 0; i < 6000; ++i) {
    const auto n = static_cast<noema::concepts::ConceptId>(rng.below(12));
    const auto kind = static_cast<noema::concepts::ConceptId>(rng.below(2));
    const auto sign = 1 + 3 * kind + static_cast<noema::concepts::ConceptId>(rng.below(3));
    const auto own = 100 + 4 * n + static_cast<noema::concepts::ConceptId>(rng.below(4));
    text.push_back({sign, 10 + 20 * kind + n, own});
  }
  return text;
}

}  // namespace

TEST_CASE("a thing is to its place as another thing is to its own, by each kind of vectors", "[company]") {
  const Text text = places_of_things();
  const Company company = company_of(text);
  const auto word = [&](unsigned unit) { return *company.words.find(std::to_string(unit)); };
  for (const Asked asked : {Asked::kSparse, Asked::kDense, Asked::kBoth}) {
    Analogies analogies(company, asked);
    for (unsigned n = 1; n < 12; ++n) {
      const auto hits = analogies.solve(word(10), word(30), word(10 + n), 2);
      REQUIRE(hits.size() == 2);
      CHECK(company.words[hits.front().word].unit == 30 + n);
      CHECK(hits[0].score >= hits[1].score);
    }
  }
}

TEST_CASE("preparing many words at once changes no answer", "[company]") {
  const Text text = places_of_things();
  const Company company = company_of(text);
  Analogies one(company, Asked::kBoth), other(company, Asked::kBoth);
  std::vector<Word> all;
  for (Word word = 0; word < company.words.size(); ++word) all.push_back(word);
  other.prepare(all);
  const auto a = one.solve(3, 4, 5, 6), b = other.solve(3, 4, 5, 6);
  for (std::size_t i = 0; i < a.size(); ++i) {
    CHECK(a[i].word == b[i].word);
    CHECK(a[i].score == Approx(b[i].score).epsilon(1e-4));
  }
}

TEST_CASE("the word that is written as the question's words change is ahead by two", "[company]") {
  noema::base::Rng rng(1);
  Text text;
  for (int i = 0; i < 4000; ++i) text.push_back({static_cast<noema::concepts::ConceptId>(2 + rng.below(24))});
  for (auto& episode : text)
    for (int i = 0; i < 5; ++i) episode.push_back(static_cast<noema::concepts::ConceptId>(2 + rng.below(24)));
  const auto name = [](noema::concepts::ConceptId unit) {
    const std::string stem = "stem" + std::string(1, static_cast<char>('a' + (unit - 2) / 2));
    return std::optional(UnitNames{unit % 2 == 0 ? stem : stem + "s", "x", {}});
  };
  const Company company = *make_company(episodes_of(text), name, 1);
  const auto word = [&](const char* identity) { return *company.words.find(identity); };
  Analogies vectors(company, Asked::kBoth), written(company, Asked::kWriting);
  const auto score_of = [&](Analogies& analogies, Word wanted) {
    for (const auto& hit : analogies.solve(word("stema"), word("stemas"), word("stemb"), 24))
      if (hit.word == wanted) return hit.score;
    FAIL("not among the answers");
    return 0.0;
  };
  CHECK(score_of(written, word("stembs")) == Approx(score_of(vectors, word("stembs")) + 2));
  CHECK(score_of(written, word("stemcs")) == Approx(score_of(vectors, word("stemcs"))));
}
