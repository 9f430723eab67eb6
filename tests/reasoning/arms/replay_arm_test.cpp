#include "reasoning/arms/replay_arm.h"

#include <catch2/catch.hpp>

#include "tests/reasoning/arms/items.h"

using namespace noema;
using namespace noema::reasoning;
using namespace noema::tests;

TEST_CASE("replay keeps the first task and learns the second", "[network]") {
  const auto [first, second] = after_two_tasks("replay{" + kSmallNetwork + ";kept=40}");
  CHECK(first > 0.8);
  CHECK(second > 0.8);
}

TEST_CASE("what replay keeps does not grow with the stream, and is counted", "[network]") {
  const auto few = learner_of("replay{" + kSmallNetwork + ";kept=10}");
  const auto many = learner_of("replay{" + kSmallNetwork + ";kept=200}");
  base::Rng rng(1);
  std::uint64_t after_hundred = 0;
  for (int i = 0; i < 400; ++i) {
    const Experience item = bright_image(rng.below(4), rng);
    few->warm(item);
    many->warm(item);
    if (i == 99) after_hundred = few->state().state_bytes;
  }
  CHECK(few->state().state_bytes == after_hundred);
  CHECK(many->state().state_bytes > few->state().state_bytes + 190 * 16 * sizeof(float));
}
