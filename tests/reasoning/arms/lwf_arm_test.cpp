#include "reasoning/arms/lwf_arm.h"

#include <catch2/catch.hpp>

#include "tests/reasoning/arms/items.h"

using namespace noema;
using namespace noema::reasoning;
using namespace noema::tests;

TEST_CASE("without weight, or not told where a task ends, distillation is fine-tuning", "[network]") {
  const auto plain = after_two_tasks("finetune{" + kSmallNetwork + "}");
  CHECK(after_two_tasks("lwf{" + kSmallNetwork + ";lambda=0}") == plain);
  CHECK(after_two_tasks("lwf{" + kSmallNetwork + ";lambda=10}", false) == plain);
  CHECK(after_two_tasks("lwf{" + kSmallNetwork + ";lambda=10}") != plain);
}

TEST_CASE("distillation keeps earlier classes apart, though a new class comes before them", "[network]") {
  CHECK(kept_apart("finetune{" + kSmallNetwork + "}") < 190);
  CHECK(kept_apart("lwf{" + kSmallNetwork + ";lambda=10}") > 195);
}

TEST_CASE("the network of before the task is held beside the one that learns, and counted", "[network]") {
  const auto plain = learner_of("finetune{" + kSmallNetwork + "}"), arm = learner_of("lwf{" + kSmallNetwork + "}");
  base::Rng rng(1);
  for (int i = 0; i < 20; ++i) {
    const Experience item = bright_image(rng.below(2), rng);
    plain->warm(item);
    arm->warm(item);
  }
  CHECK(arm->state().state_bytes == plain->state().state_bytes);
  arm->end_task();
  CHECK(arm->state().state_bytes > plain->state().state_bytes);
}
