#include "transformer/transformer_network.h"

#include <catch2/catch.hpp>

#include "tests/transformer/samples.h"
#include "transformer/inference.h"

using namespace noema::transformer;

namespace {

Batch story_batch(const Model& model, int prefix) {
  const auto tokens = testing::story_tokens(model.tokenizer(), 1);
  Batch batch{2, 10, {}, {}, {prefix, 0}};
  for (int s = 0; s < 2; ++s)
    for (int i = 0; i < 10; ++i) {
      batch.inputs.push_back(i == 0 ? kStart : tokens[static_cast<std::size_t>(20 * s + i - 1)]);
      batch.targets.push_back(i + 1 < prefix && s == 0 ? -1 : tokens[static_cast<std::size_t>(20 * s + i)]);
    }
  return batch;
}

}  // namespace

TEST_CASE("the whole network's gradient agrees with finite differences along random directions") {
  const Model model = testing::small_model();
  std::vector<float> weights(model.weights().begin(), model.weights().end());
  TransformerNetwork network(model.shape(), 2, 10);
  for (int prefix : {0, 4, 10}) {
    const Batch batch = story_batch(model, prefix);
    std::vector<float> gradient(weights.size());
    network.loss_and_gradient(gradient.data(), weights.data(), batch, 1.0F, {});
    noema::base::Rng rng(5);
    for (int trial = 0; trial < 12; ++trial) {
      // One tensor's worth of weights at a time, so that no part can hide behind another.
      const std::size_t begin = trial == 0 ? 0 : rng.below(weights.size() - 200),
                        end = trial == 0 ? weights.size() : begin + 200;
      auto moved = weights;
      std::vector<float> direction(weights.size());
      double expected = 0;
      for (std::size_t i = begin; i < end; ++i) {
        direction[i] = static_cast<float>(rng.normal());
        expected += static_cast<double>(direction[i]) * static_cast<double>(gradient[i]);
      }
      const float step = trial == 0 ? 1e-4F : 1e-3F;
      const auto loss_at = [&](float t) {
        for (std::size_t i = 0; i < moved.size(); ++i) moved[i] = weights[i] + t * direction[i];
        return network.loss(moved.data(), batch);
      };
      const double measured = (loss_at(step) - loss_at(-step)) / (2 * static_cast<double>(step));
      REQUIRE(expected == Approx(measured).epsilon(0.01).margin(0.05));
    }
  }
}

TEST_CASE("the gradient under dropout agrees with finite differences of the same masks") {
  const Model model = testing::small_model();
  std::vector<float> weights(model.weights().begin(), model.weights().end());
  TransformerNetwork network(model.shape(), 2, 10);
  const Batch batch = story_batch(model, 0);
  const Regularisation masks{0.3F, 99};
  std::vector<float> gradient(weights.size()), unused(weights.size());
  const double loss = network.loss_and_gradient(gradient.data(), weights.data(), batch, 1.0F, masks);
  REQUIRE(loss != Approx(network.loss(weights.data(), batch)));
  noema::base::Rng rng(6);
  for (int trial = 0; trial < 8; ++trial) {
    const std::size_t begin = rng.below(weights.size() - 200);
    std::vector<float> direction(weights.size());
    double expected = 0;
    for (std::size_t i = begin; i < begin + 200; ++i) {
      direction[i] = static_cast<float>(rng.normal());
      expected += static_cast<double>(direction[i]) * static_cast<double>(gradient[i]);
    }
    const auto loss_at = [&](float t) {
      auto moved = weights;
      for (std::size_t i = 0; i < moved.size(); ++i) moved[i] += t * direction[i];
      return network.loss_and_gradient(unused.data(), moved.data(), batch, 1.0F, masks);
    };
    REQUIRE(expected == Approx((loss_at(1e-3F) - loss_at(-1e-3F)) / 2e-3).epsilon(0.01).margin(0.05));
  }
}

TEST_CASE("training and inference compute the same function under every mask") {
  const Model model = testing::small_model();
  TransformerNetwork network(model.shape(), 2, 10);
  for (int prefix : {0, 4, 10}) {
    Batch batch = story_batch(model, prefix);
    batch.prefixes[1] = prefix;
    std::vector<float> losses(20), scratch;
    network.loss(model.weights().data(), batch, losses.data());
    for (std::size_t s = 0; s < 2; ++s) {
      Inference inference(model);
      const auto hidden = inference.append(std::span(batch.inputs).subspan(s * 10, 10), prefix);
      std::vector<float> again(10);
      cross_entropy(again.data(), nullptr, nullptr, hidden.data(), model.weights().data(),
                    std::span(batch.targets).subspan(s * 10, 10), model.width(), model.shape().vocabulary, 1, scratch);
      for (std::size_t i = 0; i < 10; ++i) REQUIRE(again[i] == Approx(losses[s * 10 + i]).margin(1e-4));
    }
  }
}
