#include "reasoning/arms/ewc_arm.h"

#include <catch2/catch.hpp>

#include "tests/reasoning/arms/items.h"

using namespace noema;
using namespace noema::reasoning;
using namespace noema::tests;

TEST_CASE("without strength, or not told where a task ends, consolidation is fine-tuning", "[network]") {
  const auto plain = after_two_tasks("finetune{" + kSmallNetwork + "}");
  CHECK(after_two_tasks("ewc{" + kSmallNetwork + ";lambda=0}") == plain);
  CHECK(after_two_tasks("ewc{" + kSmallNetwork + ";lambda=100}", false) == plain);
  CHECK(after_two_tasks("ewc{" + kSmallNetwork + ";lambda=1e5}") != plain);
}

TEST_CASE("consolidation keeps earlier classes apart, though a new class comes before them", "[network]") {
  CHECK(kept_apart("finetune{" + kSmallNetwork + "}") < 190);
  CHECK(kept_apart("ewc{" + kSmallNetwork + ";lambda=1e4}") > 195);
}

TEST_CASE("a task without items consolidates nothing", "[network]") {
  const auto arm = learner_of("ewc{" + kSmallNetwork + "}");
  const std::uint64_t before = arm->state().state_bytes;
  arm->end_task();
  arm->end_task();
  CHECK(arm->state().state_bytes == before);
}

TEST_CASE("the bytes of consolidation do not grow with the number of tasks", "[network]") {
  const auto arm = learner_of("ewc{" + kSmallNetwork + ";sample=20}");
  base::Rng rng(1);
  const auto bytes_after_task = [&] {
    for (int i = 0; i < 100; ++i) arm->warm(bright_image(static_cast<std::size_t>(i) % 4, rng));
    arm->end_task();
    return arm->state().state_bytes;
  };
  const std::uint64_t first = bytes_after_task();
  CHECK(bytes_after_task() == first);
  CHECK(bytes_after_task() == first);
}
