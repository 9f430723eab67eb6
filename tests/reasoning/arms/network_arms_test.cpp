// What the arms that learn with a network do about forgetting, on two tasks of two classes each.

#include <catch2/catch.hpp>

#include "base/rng.h"
#include "reasoning/arms/life_host.h"

using namespace noema;
using namespace noema::reasoning;

namespace {

/// Images of 16 values: of class c the places 4c .. 4c + 3 are bright, in noise.
Experience image(std::size_t of, base::Rng& rng) {
  Features item{{}, "class " + std::to_string(of), 0};
  for (std::size_t k = 0; k < 16; ++k)
    item.values.push_back(static_cast<float>((k / 4 == of ? 1.0 : 0.0) + 0.3 * rng.normal()));
  return item;
}

/// Learns classes 0 and 1, then 2 and 3; returns the share of the items of each task that are right at the end.
std::pair<double, double> after_two_tasks(const std::string& name, std::uint64_t seed = 1, bool told = true) {
  const auto arm = make_learner(name, {{}, {}, seed, {}, {}});
  base::Rng rng(7);
  for (const std::size_t task : {0U, 1U}) {
    for (int i = 0; i < 400; ++i) arm->warm(image(2 * task + rng.below(2), rng));
    if (told) arm->end_task();
  }
  double right[2] = {0, 0};
  for (int i = 0; i < 200; ++i) {
    const std::size_t of = rng.below(4);
    const Experience item = image(of, rng);
    right[of / 2] += std::get<Label>(arm->answer(item)).label == label_of(item) ? 1.0 / 100 : 0;
  }
  return {right[0], right[1]};
}

const std::string kSmall = "hidden=20;layers=1;rate=0.01;batch=5";

}  // namespace

TEST_CASE("fine-tuning forgets the first task, replay keeps it, joint training knows both", "[network]") {
  const auto [first, second] = after_two_tasks("finetune{" + kSmall + "}");
  CHECK(first < 0.3);
  CHECK(second > 0.8);
  const auto [kept, learned] = after_two_tasks("replay{" + kSmall + ";kept=40}");
  CHECK(kept > 0.8);
  CHECK(learned > 0.8);
  const auto [both, all] = after_two_tasks("joint{" + kSmall + ";epochs=3}");
  CHECK(both > 0.85);
  CHECK(all > 0.85);
}

TEST_CASE("without strength, or not told where a task ends, consolidation and distillation are fine-tuning",
          "[network]") {
  const auto plain = after_two_tasks("finetune{" + kSmall + "}");
  CHECK(after_two_tasks("ewc{" + kSmall + ";lambda=0}") == plain);
  CHECK(after_two_tasks("lwf{" + kSmall + ";lambda=0}") == plain);
  CHECK(after_two_tasks("ewc{" + kSmall + ";lambda=100}", 1, false) == plain);
  CHECK(after_two_tasks("lwf{" + kSmall + ";lambda=10}", 1, false) == plain);
}

TEST_CASE("consolidation and distillation keep earlier classes apart, though a new class comes before them",
          "[network]") {
  // Classes 0 and 1, then 2 alone: which of the first two comes next after 2?
  const auto apart = [](const std::string& name) {
    const auto arm = make_learner(name, {{}, {}, 1, {}, {}});
    base::Rng rng(7);
    for (int i = 0; i < 400; ++i) arm->warm(image(rng.below(2), rng));
    arm->end_task();
    for (int i = 0; i < 2000; ++i) {
      auto item = std::get<Features>(image(2, rng));
      for (std::size_t k = 0; k < 4; ++k) item.values[k] += 1;  // it looks like class 0 too
      arm->warm(item);
    }
    int right = 0;
    for (int i = 0; i < 200; ++i) {
      const Experience item = image(rng.below(2), rng);
      const Label said = std::get<Label>(arm->answer(item));
      right += (said.label == "class 2" ? said.runner_up : said.label) == label_of(item);
    }
    return right;
  };
  const int plain = apart("finetune{" + kSmall + "}");
  CHECK(plain < 190);
  CHECK(apart("ewc{" + kSmall + ";lambda=1e4}") > 195);
  CHECK(apart("lwf{" + kSmall + ";lambda=10}") > 195);
}

TEST_CASE("without a seed of its own a network is that of the experiment's seed", "[network]") {
  const auto said = [](const std::string& name, std::uint64_t seed) {
    const auto arm = make_learner(name, {{}, {}, seed, {}, {}});
    base::Rng rng(3);
    for (int i = 0; i < 10; ++i) arm->warm(image(rng.below(4), rng));
    return std::get<Label>(arm->answer(image(0, rng))).confidence;
  };
  CHECK(said("finetune{" + kSmall + "}", 2) == said("finetune{" + kSmall + ";seed=2}", 1));
  CHECK(said("finetune{" + kSmall + "}", 2) != said("finetune{" + kSmall + "}", 1));
}
