#include "reasoning/arms/names_arm.h"

#include <catch2/catch.hpp>

#include "concepts/names/naming.h"
#include "reasoning/arms/label_arm.h"
#include "tests/reasoning/arms/items.h"

using namespace noema;
using namespace noema::reasoning;
using namespace noema::tests;

TEST_CASE("the arm says what noema's classes say", "[classes]") {
  const auto arm = learner_of("names");
  concepts::names::Naming naming;
  base::Rng rng(1);
  for (int i = 0; i < 60; ++i) {
    const Experience item = bright_image(rng.below(3), rng);
    arm->warm(item);
    naming.learn(label_of(item), looks_of(item));
  }
  for (std::size_t of = 0; of < 3; ++of) {
    const Experience item = bright_image(of, rng);
    const auto named = naming.name(looks_of(item));
    const Label label = said(*arm, item);
    CHECK(label.label == named.label);
    CHECK(label.runner_up == named.runner_up);
    CHECK(label.confidence == named.confidence);
  }
}

TEST_CASE("each class is a concept, and one example makes it", "[classes]") {
  const auto arm = learner_of("names");
  CHECK(arm->state().concepts == 0);
  arm->warm(LabelledText{"red round sweet", "apple"});
  arm->warm(LabelledText{"yellow long sweet", "banana"});
  arm->warm(LabelledText{"red round small", "apple"});
  CHECK(arm->state().concepts == 2);
  CHECK(said(*arm, LabelledText{"yellow long", ""}).label == "banana");
}
