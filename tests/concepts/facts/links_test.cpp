#include "concepts/facts/links.h"

#include <catch2/catch.hpp>

#include "tests/concepts/facts/invented_world.h"

using namespace noema::concepts::facts;
using noema::base::Rng;

namespace {

const Words kTwo{kSlot, 1, kSlot, kStop};                 // subject, value
const Words kThree{2, kSlot, 3, kSlot, 4, kSlot, kStop};  // condition, subject, value

Told told_of(const std::vector<Words>& sentences) {
  Told told;
  for (const Words& sentence : sentences) told.tell(sentence, static_cast<std::int64_t>(told.sentences().size()));
  REQUIRE(told.propose(kTwo, -1000));
  REQUIRE(told.propose(kThree, -1000));
  return told;
}

Words two(Word subject, Word value) { return {subject, 1, value, kStop}; }
Words three(Word condition, Word subject, Word value) { return {2, condition, 3, subject, 4, value, kStop}; }

/// By a plain scan of all sentences.
std::vector<Fact> plain_facts(const Told& told, const std::vector<Link>& links, Thing subject) {
  std::vector<Fact> facts;
  for (std::uint32_t number = 0; number < told.sentences().size(); ++number)
    for (const Link& link : links) {
      const Sentence& sentence = told.sentences()[number];
      if (sentence.form != link.form || sentence.fillers[link.subject] != subject) continue;
      if (!link.where || sentence.fillers[*link.where] == link.is)
        facts.push_back({number, link, sentence.fillers[link.value]});
    }
  return facts;
}

}  // namespace

TEST_CASE("the newest fact is told by the newest sentence of any link, with and without conditions: by hand") {
  const Told told =
      told_of({two(20, 30), three(40, 20, 31), three(41, 20, 32), two(21, 33), two(20, 34), three(41, 20, 35)});
  const TemplateId t2 = template_with(told, kTwo), t3 = template_with(told, kThree);
  const Thing subject = *told.thing_of({20});
  const Link direct{t2, 0, 1}, any{t3, 1, 2}, only40{t3, 1, 2, 0, *told.thing_of({40})},
      only41{t3, 1, 2, 0, *told.thing_of({41})};
  const auto newest = [&](const std::vector<Link>& links, std::uint32_t sentences) -> Words {
    const auto fact = newest_fact(told, links, subject, sentences);
    return fact ? told.words_of(fact->value) : Words{};
  };
  CHECK(newest({direct}, ~0U) == Words{34});
  CHECK(newest({direct}, 4) == Words{30});
  CHECK(newest({direct}, 0).empty());
  CHECK(newest({any}, ~0U) == Words{35});
  CHECK(newest({any}, 5) == Words{32});
  CHECK(newest({only40}, ~0U) == Words{31});
  CHECK(newest({only41}, ~0U) == Words{35});
  CHECK(newest({only41}, 2).empty());
  CHECK(newest({direct, only40}, ~0U) == Words{34});
  CHECK(newest({only40, direct}, 4) == Words{31});
  CHECK(newest({}, ~0U).empty());
  CHECK_FALSE(newest_fact(told, std::vector{direct}, *told.thing_of({40})));
  const auto fact = newest_fact(told, std::vector{direct, any}, subject);
  REQUIRE(fact);
  CHECK(fact->sentence == 5);
  CHECK(fact->link == any);
  CHECK(holds(told, 1, only40));
  CHECK_FALSE(holds(told, 1, only41));
  CHECK(holds(told, 1, any));
}

TEST_CASE("the facts of a subject, and the newest of them, are those that a scan of all sentences finds") {
  Rng rng(1);
  std::vector<Words> sentences;
  const auto name = [&] { return static_cast<Word>(20 + rng.below(8)); };
  for (int i = 0; i < 200; ++i)
    sentences.push_back(rng.below(2) == 0 ? two(name(), name())
                                          : three(static_cast<Word>(40 + rng.below(3)), name(), name()));
  const Told told = told_of(sentences);
  const TemplateId t2 = template_with(told, kTwo), t3 = template_with(told, kThree);
  std::vector<Link> all{{t2, 0, 1}, {t2, 1, 0}, {t3, 1, 2}, {t3, 2, 1}};
  for (Word condition = 40; condition < 43; ++condition) all.push_back({t3, 1, 2, 0, *told.thing_of({condition})});
  for (int trial = 0; trial < 500; ++trial) {
    std::vector<Link> links;
    for (const Link& link : all)
      if (rng.below(3) == 0) links.push_back(link);
    noema::base::shuffle(links, rng);
    const Thing subject = *told.thing_of({name()});
    const auto facts = facts_of(told, links, subject);
    const auto expected = plain_facts(told, links, subject);
    REQUIRE(facts.size() == expected.size());
    for (std::size_t i = 0; i < facts.size(); ++i) {
      CHECK(facts[i].sentence == expected[i].sentence);
      CHECK(facts[i].link == expected[i].link);
      CHECK(facts[i].value == expected[i].value);
    }
    const auto before = static_cast<std::uint32_t>(rng.below(220));
    std::optional<std::uint32_t> newest;
    for (const Fact& fact : expected)
      if (fact.sentence < before) newest = fact.sentence;
    const auto found = newest_fact(told, links, subject, before);
    CHECK((found ? std::optional(found->sentence) : std::nullopt) == newest);
  }
}
