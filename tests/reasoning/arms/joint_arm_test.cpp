#include "reasoning/arms/joint_arm.h"

#include <catch2/catch.hpp>

#include "tests/reasoning/arms/items.h"

using namespace noema;
using namespace noema::reasoning;
using namespace noema::tests;

TEST_CASE("joint training knows both tasks", "[network]") {
  const auto [first, second] = after_two_tasks("joint{" + kSmallNetwork + ";epochs=3}");
  CHECK(first > 0.85);
  CHECK(second > 0.85);
}

TEST_CASE("what joint training says is a function of the items alone, not of when it was asked", "[network]") {
  const std::string name = "joint{" + kSmallNetwork + ";epochs=2}";
  const auto asked = learner_of(name), plain = learner_of(name);
  base::Rng rng(1), questions(2);
  for (int i = 0; i < 40; ++i) {
    const Experience item = bright_image(rng.below(4), rng);
    if (i % 7 == 0) asked->answer(bright_image(0, questions));
    asked->warm(item);
    plain->warm(item);
  }
  const Experience question = bright_image(1, questions);
  CHECK(said(*asked, question).label == said(*plain, question).label);
  CHECK(said(*asked, question).confidence == said(*plain, question).confidence);
}

TEST_CASE("joint training holds every item, so its bytes grow with the stream", "[network]") {
  const auto arm = learner_of("joint{" + kSmallNetwork + "}");
  base::Rng rng(1);
  const auto bytes_after_fifty = [&] {
    for (int i = 0; i < 50; ++i) arm->warm(bright_image(rng.below(2), rng));
    return arm->state().state_bytes;
  };
  const std::uint64_t first = bytes_after_fifty();
  CHECK(bytes_after_fifty() > first + 40 * 16 * sizeof(float));
}
