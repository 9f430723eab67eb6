#include "concepts/facts/relations.h"

#include <catch2/catch.hpp>
#include <set>

#include "concepts/facts/induction.h"
#include "tests/concepts/facts/invented_world.h"

using namespace noema::concepts::facts;
using noema::base::Rng;

namespace {

Told told_of(const std::vector<Words>& sentences, int ways) {
  Told told;
  for (const Words& sentence : sentences) told.tell(sentence, static_cast<std::int64_t>(told.sentences().size()));
  for (int relation = 0; relation < 3; ++relation)
    for (int way = 0; way < ways; ++way) REQUIRE(told.propose(ways_of(relation)[way].pattern, 0));
  return told;
}

std::set<Relation> generated(const Told& told, int ways) {
  std::set<Relation> relations;
  for (int relation = 0; relation < 3; ++relation) {
    Relation links;
    for (int way = 0; way < ways; ++way) links.push_back(link_of(told, ways_of(relation)[way]));
    std::sort(links.begin(), links.end());
    relations.insert(links);
  }
  return relations;
}

std::set<Relation> found(const Told& told) {
  const auto relations = find_relations(told);
  std::set<Relation> distinct(relations.begin(), relations.end());
  CHECK(distinct.size() == relations.size());
  return distinct;
}

}  // namespace

TEST_CASE("three first tellings that exclude one another, and two that tell changes, are found as one relation each") {
  for (std::uint64_t seed = 1; seed < 4; ++seed) {
    Rng rng(seed);
    const Told told = told_of(tellings(rng, 600, 0.9, true), 5);
    CHECK(found(told) == generated(told, 5));
  }
}

TEST_CASE("facts that are told again in other words make the same relations, changed or not, and fewer suffice") {
  for (std::uint64_t seed = 1; seed < 4; ++seed) {
    Rng rng(seed);
    const Told changed = told_of(tellings(rng, 600, 0.9, true, 0.5), 5);
    CHECK(found(changed) == generated(changed, 5));
    const Told told = told_of(tellings(rng, 600, 0.9, false, 0.5), 3);
    CHECK(found(told) == generated(told, 3));
    const Told few = told_of(tellings(rng, 60, 0.6, false, 0.9), 3);
    CHECK(found(few) == generated(few, 3));
  }
}

TEST_CASE("relations whose values often agree are not joined") {
  Rng rng(5);
  std::vector<Words> sentences;
  for (std::size_t who = 0; who < 400; ++who) {
    const std::size_t value = rng.below(10), other = rng.below(4) == 0 ? rng.below(10) : value;
    sentences.push_back(say(ways_of(0)[rng.below(3)], person(who), value_of(0, value)));
    sentences.push_back(say(ways_of(1)[rng.below(3)], person(who), value_of(1, other)));
    sentences.push_back(say(ways_of(2)[rng.below(3)], person(who), value_of(2, rng.below(10))));
  }
  const Told told = told_of(sentences, 3);
  CHECK(found(told) == generated(told, 3));
}

TEST_CASE("independent relations between the same kinds are not joined") {
  // Relations 0 and 1 have the same subjects and values; who is told of one is told of the other by chance.
  for (std::uint64_t seed = 1; seed < 4; ++seed) {
    Rng rng(seed);
    const Told told = told_of(tellings(rng, 600, 0.9, false), 3);
    CHECK(found(told) == generated(told, 3));
  }
}

TEST_CASE("the same relations are found with the templates that were found, one sentence at a time") {
  Rng rng(4);
  Told told;
  Induction induction;
  for (const Words& sentence : tellings(rng, 600, 0.9, true))
    induction.consider(told, told.tell(sentence, static_cast<std::int64_t>(told.sentences().size())));
  CHECK(found(told) == generated(told, 5));
}

TEST_CASE("nothing that was told, sentences without templates and a single template make no relation") {
  Told told;
  CHECK(find_relations(told).empty());
  for (std::size_t who = 0; who < 50; ++who) told.tell(say(ways_of(0)[0], person(who), value_of(0, who % 10)), 0);
  CHECK(find_relations(told).empty());
  REQUIRE(told.propose(ways_of(0)[0].pattern, 0));
  CHECK(find_relations(told).empty());
}
