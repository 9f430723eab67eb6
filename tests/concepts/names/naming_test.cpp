#include "concepts/names/naming.h"

#include <catch2/catch.hpp>

#include "base/rng.h"

using namespace noema::concepts::names;
using noema::base::Rng;

namespace {

Looks looks(const std::vector<std::string>& units) { return looks_of_text(units); }

/// A text of a class: some units of its own, some that all share.
std::vector<std::string> text_of(std::size_t of, Rng& rng) {
  std::vector<std::string> units;
  for (int i = 0; i < 6; ++i)
    units.push_back(rng.uniform() < 0.5 ? "own" + std::to_string(of) + std::to_string(rng.below(5))
                                        : "all" + std::to_string(rng.below(8)));
  return units;
}

}  // namespace

TEST_CASE("one member makes a class", "[names]") {
  Naming naming;
  CHECK_FALSE(naming.name(looks({"an", "apple"})).label);
  naming.learn("fruit", looks({"an", "apple", "is", "sweet"}));
  naming.learn("metal", looks({"iron", "is", "hard"}));
  CHECK(naming.name(looks({"sweet", "apple"})).best == "fruit");
  CHECK(naming.name(looks({"hard", "iron"})).best == "metal");
  CHECK(naming.name(looks({"hard", "iron"})).runner_up == "fruit");
}

TEST_CASE("classes that come later leave the earlier ones known", "[names]") {
  Rng rng(1);
  Naming naming;
  for (std::size_t of = 0; of < 8; ++of)
    for (int i = 0; i < 20; ++i) naming.learn("c" + std::to_string(of), looks(text_of(of, rng)));
  int right = 0;
  for (std::size_t of = 0; of < 8; ++of)
    for (int i = 0; i < 20; ++i) right += naming.name(looks(text_of(of, rng))).best == "c" + std::to_string(of);
  CHECK(right >= 150);  // of 160; one text in 64 has no unit of its own
}

TEST_CASE("an input like no class is said to be unknown, and an empty one too", "[names]") {
  Rng rng(2);
  Naming naming;
  for (int i = 0; i < 30; ++i)
    for (std::size_t of = 0; of < 5; ++of) naming.learn("c" + std::to_string(of), looks(text_of(of, rng)));
  CHECK(naming.name(looks({"nothing", "of", "that"})).unknown == 1);
  const Named strange = naming.name(looks({"nothing", "of", "that", "was", "ever", "told", "all1", "all2"}));
  CHECK_FALSE(strange.label);
  CHECK(strange.unknown > strange.confidence);
  CHECK(strange.best);
  CHECK(naming.name(looks(text_of(1, rng))).unknown < 0.5);
  CHECK_FALSE(naming.name(Looks{}).best);
}

TEST_CASE("probabilities of two classes and of none sum to one", "[names]") {
  Naming naming;
  naming.learn("a", looks({"x", "y"}));
  naming.learn("b", looks({"y", "z"}));
  const Named one = naming.name(looks({"x", "z", "z"}));
  Naming without = naming;
  CHECK(one.confidence + one.unknown < 1);
  without.forget("b", looks({"y", "z"}));
  const Named alone = without.name(looks({"x", "z", "z"}));
  CHECK(alone.confidence + alone.unknown == Approx(1));
  CHECK_FALSE(alone.runner_up);
}

TEST_CASE("an aspect that tells classes apart gets more weight than one that does not", "[names]") {
  Rng rng(3);
  Naming naming;
  for (int i = 0; i < 200; ++i) {
    const std::size_t of = rng.below(4);
    Looks shown;
    shown.of(Aspect::kUnits) = {100 + of, rng.below(5)};
    shown.of(Aspect::kNearby) = {rng.below(3), rng.below(3)};
    naming.learn("c" + std::to_string(of), shown);
  }
  CHECK(naming.weight(Aspect::kUnits) > 2 * naming.weight(Aspect::kNearby));
}

TEST_CASE("labels cost less and less as classes are learned", "[names]") {
  Rng rng(4);
  Naming naming;
  double first = 0;
  for (int i = 0; i < 400; ++i) {
    if (i == 100) first = naming.nats();
    const std::size_t of = rng.below(4);
    naming.learn("c" + std::to_string(of), looks(text_of(of, rng)));
  }
  CHECK((naming.nats() - first) / 3 < first / 2);
}

TEST_CASE("a member that is taken out no longer counts, and its class may come again", "[names]") {
  Naming naming;
  naming.learn("a", looks({"x"}));
  naming.forget("a", looks({"x"}));
  CHECK_FALSE(naming.name(looks({"x"})).best);
  naming.learn("a", looks({"x"}));
  CHECK(naming.name(looks({"x"})).best == "a");
  CHECK(naming.classes().size() == 1);
}

TEST_CASE("what was kept and loaded goes on with the same bits", "[names]") {
  Rng rng(5);
  Naming naming;
  const auto some = [&](Naming& one, Rng stream) {
    for (int i = 0; i < 50; ++i) {
      const std::size_t of = stream.below(4);
      one.learn("c" + std::to_string(of), looks(text_of(of, stream)));
    }
  };
  some(naming, rng.fork("first"));
  Naming again = Naming::load(nlohmann::json::from_cbor(nlohmann::json::to_cbor(naming.save())));
  some(naming, rng.fork("second"));
  some(again, rng.fork("second"));
  CHECK(again.save() == naming.save());
}
