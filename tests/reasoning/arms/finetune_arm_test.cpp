#include "reasoning/arms/finetune_arm.h"

#include <catch2/catch.hpp>

#include "tests/reasoning/arms/items.h"

using namespace noema;
using namespace noema::reasoning;
using namespace noema::tests;

TEST_CASE("fine-tuning learns the second task and forgets the first", "[network]") {
  const auto [first, second] = after_two_tasks("finetune{" + kSmallNetwork + "}");
  CHECK(first < 0.3);
  CHECK(second > 0.8);
}

TEST_CASE("where a task ends makes no difference to fine-tuning", "[network]") {
  const std::string arm = "finetune{" + kSmallNetwork + "}";
  CHECK(after_two_tasks(arm, true) == after_two_tasks(arm, false));
}
