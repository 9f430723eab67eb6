// What must hold of every arm that takes pairs, and what is each one's own.

#include "reasoning/arms/pair_arm.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "reasoning/arms/arm_spec.h"
#include "reasoning/arms/registry.h"
#include "tests/reasoning/pairs/translators.h"

using namespace noema;
using namespace noema::reasoning;
using namespace noema::tests;

namespace {

class TranslatorHost final : public ArmHost {
 public:
  std::shared_ptr<const transformer::Model> model() override { return model_; }
  std::unique_ptr<Learner> core(const ArmSpec&) override { return nullptr; }

 private:
  std::shared_ptr<const transformer::Model> model_ = std::make_shared<const transformer::Model>(small_translator());
};

std::unique_ptr<Learner> arm(const std::string& text) {
  TranslatorHost host;
  const ArmSpec spec = ArmSpec::parse(text);
  return spec.kind->make(spec, host);
}

std::vector<std::string> pair_arms() {
  std::vector<std::string> arms;
  for (const ArmKind& kind : arm_kinds())
    if (kind.takes.contains(ExperienceKind::kPair)) arms.push_back(kind.name + "{beam=2}");
  arms.insert(arms.end(), {"told{beam=2;memory=false}", "told{beam=2;leave_out=copy,phrases}"});
  return arms;
}

const std::vector<ToldPair> kBook{
    {"the old hen", "hen old"}, {"the red fox", "fox red"}, {"an old fox", "fox old"}, {"", ""}, {"老王走了", "王去"}};

Translated told(Learner& learner, const ToldPair& pair) { return std::get<Translated>(learner.experience(pair)); }

}  // namespace

TEST_CASE("every arm translates before it is told: another target changes nothing of what it said") {
  for (const std::string& name : pair_arms()) {
    INFO(name);
    const auto one = arm(name), other = arm(name);
    for (const ToldPair& pair : kBook) {
      one->warm(pair);
      other->warm(pair);
    }
    CHECK(told(*one, {"the old fox", "fox old"}).text == told(*other, {"the old fox", "xxxx"}).text);
  }
}

TEST_CASE("every arm answers without learning, and a saved one goes on as the one that was saved") {
  for (const std::string& name : pair_arms()) {
    INFO(name);
    const auto one = arm(name), loaded = arm(name);
    for (const ToldPair& pair : kBook) told(*one, pair);
    one->think(12);
    one->answer(ToldPair{"the old fox", ""});
    loaded->load(one->save());
    for (const ToldPair& pair : kBook) {
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
    const auto learner = arm(name == "finetuned{beam=2}" ? "finetuned{beam=2;rate=0.01}" : name);
    const double first = sum_of(told(*learner, kBook[0]).token_bits);
    for (int i = 0; i < 40; ++i) learner->warm(kBook[0]);
    const double later = sum_of(told(*learner, kBook[0]).token_bits);
    if (name == "translator{beam=2}")
      CHECK(later == first);
    else
      CHECK(later < first);
  }
}

TEST_CASE("an arm that is told pairs thinks where it may, without memory it does not, and settings say its weights") {
  const auto whole = arm("told{beam=1}"), without = arm("told{beam=1;memory=false}"),
             idle = arm("told{beam=1;thinks=false}");
  for (Learner* learner : {whole.get(), without.get(), idle.get()})
    for (const ToldPair& pair : kBook) learner->warm(pair);
  CHECK(whole->think(9) == 9);
  CHECK(whole->state().thoughts == 9);
  CHECK(without->think(9) == 0);
  CHECK(idle->think(9) == 0);
  CHECK(whole->state().concepts > 0);
  CHECK(without->state().concepts == 0);
  CHECK(whole->settings()["mean_weights"].size() == 8);
  CHECK(without->settings()["mean_weights"].size() == 2);
  CHECK_THROWS_WITH(arm("told{leave_out=oracle}"), Catch::Contains("neighbours"));
}
