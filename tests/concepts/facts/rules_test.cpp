#include "concepts/facts/rules.h"

#include <catch2/catch.hpp>

using namespace noema::concepts::facts;

namespace {

constexpr Word kChild = 1000, kMother = 2000, kFather = 3000;

/// Each child has a mother, each mother a husband, who is the child's father; the fathers of the last ten are not told.
/// Of the first `wrong` children somebody else is told to be the father.
struct Families {
  Told told;
  std::vector<Relation> kinds;

  explicit Families(int count, int wrong = 0) {
    const auto tell = [&](Words words) {
      told.tell(std::move(words), static_cast<std::int64_t>(told.sentences().size()));
    };
    for (int i = 0; i < count; ++i) {
      tell({1, 2, kChild + i, 3, kMother + i, 4});
      tell({kMother + i, 5, 6, 7, kFather + i, 4});
      if (i + 10 < count) tell({8, 2, kChild + i, 3, i < wrong ? 4000 + i : kFather + i, 4});
    }
    for (const Words& pattern :
         {Words{1, 2, kSlot, 3, kSlot, 4}, Words{kSlot, 5, 6, 7, kSlot, 4}, Words{8, 2, kSlot, 3, kSlot, 4}})
      REQUIRE(told.propose(pattern, 0));
    kinds = kinds_of_fact(told, {});
  }
  std::optional<std::uint32_t> kind(Word constant, std::uint32_t subject) const {
    for (std::uint32_t i = 0; i < kinds.size(); ++i) {
      const Link& link = kinds[i].front();
      const Words& pattern = told.form(link.form).pattern;
      if (link.subject == subject && std::find(pattern.begin(), pattern.end(), constant) != pattern.end()) return i;
    }
    return std::nullopt;
  }
};

}  // namespace

TEST_CASE("a path that leads to what was told is a rule, and says what was not told") {
  const Families families(40);
  REQUIRE(families.kinds.size() == 6);  // three templates, read both ways
  const auto rules = find_rules(families.told, families.kinds);
  const std::uint32_t father = families.kind(8, 0).value(), mother = families.kind(1, 0).value(),
                      husband = families.kind(5, 0).value();
  const auto rule = std::find_if(rules.begin(), rules.end(), [&](const Rule& one) { return one.kind == father; });
  REQUIRE(rule != rules.end());
  CHECK(rule->path == std::vector<Step>{{mother, false}, {husband, false}});
  CHECK(rule->holds == 30);
  CHECK(rule->fails == 0);
  const auto child = families.told.thing_of({kChild + 39});
  const auto inferred = infer(families.told, families.kinds, rules, father, child.value());
  REQUIRE(inferred);
  CHECK(families.told.words_of(inferred->value) == Words{kFather + 39});
  CHECK(inferred->chain.size() == 2);
}

TEST_CASE("told facts that contradict a rule cost it its confidence, and at last the rule") {
  const auto rule_of = [](int wrong) {
    const Families families(40, wrong);
    const auto rules = find_rules(families.told, families.kinds);
    const auto rule = std::find_if(rules.begin(), rules.end(),
                                   [&](const Rule& one) { return one.kind == families.kind(8, 0).value(); });
    return rule == rules.end() ? std::nullopt : std::optional(*rule);
  };
  REQUIRE(rule_of(3));
  CHECK(rule_of(3)->fails == 3);
  CHECK(rule_of(3)->confidence() < rule_of(0)->confidence());
  CHECK_FALSE(rule_of(20));
}

TEST_CASE("a fact does not follow from itself read the other way, nor from what was withdrawn") {
  Families families(40);
  for (const Rule& rule : find_rules(families.told, families.kinds)) CHECK(rule.path.size() == 2);
  const auto rules = find_rules(families.told, families.kinds);
  const auto child = families.told.thing_of({kChild + 39}).value();
  const std::uint32_t father = families.kind(8, 0).value();
  const auto sentence = static_cast<std::uint32_t>(families.told.sentences().size() - 1);
  families.told.withdraw(sentence);
  CHECK_FALSE(infer(families.told, families.kinds, rules, father, child));
  CHECK(infer(families.told, families.kinds, rules, father, child, sentence + 1));  // as of before
  families.told.restore(sentence);
  CHECK(infer(families.told, families.kinds, rules, father, child));
}

TEST_CASE("a rule's counts are those of walking its path from every thing, and sure paths make rules") {
  const Families families(40, 2);
  const Told& told = families.told;
  const std::uint32_t father = families.kind(8, 0).value();
  const Relation& kind = families.kinds[father];
  std::vector<Step> steps;  // but not back over the fact itself
  for (std::uint32_t other = 0; other < families.kinds.size(); ++other)
    for (const bool is_inverse : {false, true})
      if (families.kinds[other].front().form != kind.front().form) steps.push_back({other, is_inverse});
  std::vector<std::vector<Step>> paths;
  for (const Step first : steps) {
    paths.push_back({first});
    for (const Step second : steps) paths.push_back({first, second});
  }
  const auto rules = find_rules(told, families.kinds);
  std::size_t sure = 0, found = 0;
  for (const auto& path : paths) {
    Rule walked{father, path};
    for (int child = 0; child < 40; ++child) {
      const Thing thing = told.thing_of({kChild + child}).value();
      const auto fact = newest_fact(told, kind, thing);
      const auto end = infer(told, families.kinds, {&walked, 1}, father, thing);
      if (fact && end) ++(end->value == fact->value ? walked.holds : walked.fails);
    }
    if (walked.holds >= 3 && walked.confidence() >= 0.8) ++sure;
    for (const Rule& rule : rules)
      if (rule.kind == father && rule.path == path) {
        ++found;
        CHECK(rule.holds == walked.holds);
        CHECK(rule.fails == walked.fails);
      }
  }
  CHECK(sure == 4);   // to the mother and to her husband, each told both ways
  CHECK(found == 3);  // the most of one kind
}
