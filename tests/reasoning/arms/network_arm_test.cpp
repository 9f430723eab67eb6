#include "reasoning/arms/network_arm.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "tests/reasoning/arms/items.h"

using namespace noema;
using namespace noema::reasoning;
using namespace noema::tests;

namespace {

/// A network that learns from each mini-batch and says how many there were.
class CountingArm final : public NetworkArm {
 public:
  using NetworkArm::begin_anew;
  using NetworkArm::NetworkArm;
  std::vector<std::size_t> batches;

 protected:
  void learn(const KeptItems& batch) override {
    batches.push_back(batch.size());
    step(loss_gradient(batch));
  }
};

NetworkSettings small_settings() {
  NetworkSettings settings;
  settings.name = "counting";
  settings.width = 16;
  settings.batch = 3;
  settings.rate = 0.05F;
  settings.shape = {4, 1, 1};
  return settings;
}

}  // namespace

TEST_CASE("a mini-batch is learned once, when it is full", "[network]") {
  CountingArm arm(small_settings());
  base::Rng rng(1);
  for (int i = 0; i < 8; ++i) arm.warm(bright_image(rng.below(2), rng));
  CHECK(arm.batches == std::vector<std::size_t>{3, 3});
  CHECK(arm.state().state_bytes > 0);
}

TEST_CASE("a label is offered as soon as it was told, before its mini-batch is learned", "[network]") {
  CountingArm arm(small_settings());
  CHECK_FALSE(said(arm, point({1, 0})).label);
  arm.warm(point({1, 0}, "only"));
  CHECK(said(arm, point({1, 0})).label == "only");
  CHECK(said(arm, point({1, 0})).confidence == 1);
  arm.warm(point({0, 1}, "other"));
  CHECK(said(arm, point({1, 0})).runner_up);
}

TEST_CASE("a network that begins anew knows the labels and nothing else", "[network]") {
  CountingArm arm(small_settings()), fresh(small_settings());
  base::Rng rng(1);
  for (int i = 0; i < 60; ++i) arm.warm(bright_image(rng.below(2), rng));
  CHECK(said(arm, bright_image(0, rng)).confidence > 0.8);
  arm.begin_anew();
  for (const std::size_t of : {0U, 1U}) {
    const Experience item = bright_image(of, rng);
    arm.warm(item);
    fresh.warm(item);
  }
  CHECK(said(arm, bright_image(0, rng)).label);
  const Experience question = bright_image(0, rng);
  CHECK(said(arm, question).confidence == said(fresh, question).confidence);
}

TEST_CASE("a state of another arm is refused", "[network]") {
  const auto arm = learner_of("finetune{" + kSmallNetwork + "}");
  base::Rng rng(1);
  for (int i = 0; i < 12; ++i) arm->warm(bright_image(rng.below(2), rng));
  CHECK_THROWS_AS(learner_of("replay{" + kSmallNetwork + "}")->load(arm->save()), base::Error);
  CHECK_THROWS_AS(arm->load(arm->save().substr(0, 40)), base::Error);
}

TEST_CASE("without a seed of its own a network is that of the experiment's seed", "[network]") {
  const auto confidence = [](const std::string& name, std::uint64_t seed) {
    const auto arm = learner_of(name, seed);
    base::Rng rng(3);
    for (int i = 0; i < 10; ++i) arm->warm(bright_image(rng.below(4), rng));
    return said(*arm, bright_image(0, rng)).confidence;
  };
  CHECK(confidence("finetune{" + kSmallNetwork + "}", 2) == confidence("finetune{" + kSmallNetwork + ";seed=2}", 1));
  CHECK(confidence("finetune{" + kSmallNetwork + "}", 2) != confidence("finetune{" + kSmallNetwork + "}", 1));
}
