// What must hold of every arm that takes pairs, and what is each one's own.

#include "reasoning/arms/pair_arm.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "reasoning/arms/registry.h"
#include "tests/reasoning/arms/pair_arms.h"

using namespace noema;
using namespace noema::reasoning;
using namespace noema::tests;

namespace {

std::vector<std::string> pair_arms() {
  std::vector<std::string> arms;
  for (const ArmKind& kind : arm_kinds())
    if (kind.takes.contains(ExperienceKind::kPair)) arms.push_back(kind.name + "{beam=2}");
  arms.insert(arms.end(), {"told{beam=2;memory=false}", "told{beam=2;leave_out=copy,phrases}"});
  return arms;
}

}  // namespace

TEST_CASE("every arm translates before it is told: another target changes nothing of what it said") {
  for (const std::string& name : pair_arms()) {
    INFO(name);
    const auto one = arm_of_pairs(name), other = arm_of_pairs(name);
    for (const ToldPair& pair : told_book()) {
      one->warm(pair);
      other->warm(pair);
    }
    CHECK(told(*one, {"the old fox", "fox old"}).text == told(*other, {"the old fox", "xxxx"}).text);
  }
}

TEST_CASE("every arm answers without learning, and a saved one goes on as the one that was saved") {
  for (const std::string& name : pair_arms()) {
    INFO(name);
    const auto one = arm_of_pairs(name), loaded = arm_of_pairs(name);
    for (const ToldPair& pair : told_book()) told(*one, pair);
    one->think(12);
    one->answer(ToldPair{"the old fox", ""});
    loaded->load(one->save());
    for (const ToldPair& pair : told_book()) {
      const Translated a = told(*one, pair), b = told(*loaded, pair);
      CHECK(a.text == b.text);
      CHECK(a.token_bits == b.token_bits);
    }
    CHECK(one->state().state_bytes == loaded->state().state_bytes);
    CHECK_THROWS_AS(loaded->load("nonsense"), base::Error);
  }
}

TEST_CASE("the translator alone learns nothing, and the arms that are told pairs pay less for what they know") {
  for (const std::string& name : pair_arms()) {
    INFO(name);
    const auto learner = arm_of_pairs(name == "finetuned{beam=2}" ? "finetuned{beam=2;rate=0.01}" : name);
    const double first = sum_of(told(*learner, told_book()[0]).token_bits);
    for (int i = 0; i < 40; ++i) learner->warm(told_book()[0]);
    const double later = sum_of(told(*learner, told_book()[0]).token_bits);
    if (name == "translator{beam=2}")
      CHECK(later == first);
    else
      CHECK(later < first);
  }
}
