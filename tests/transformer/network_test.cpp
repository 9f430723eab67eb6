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

TEST_CASE("more and shorter sequences fit where fewer long ones do, and padding changes nothing but rounding") {
  const Model model = testing::small_model();
  const auto tokens = testing::story_tokens(model.tokenizer(), 1);
  const auto fill = [&](int sequences, int length) {  // the same four tokens of each sequence, padded
    Batch batch{sequences, length, {}, {}, std::vector<int>(static_cast<std::size_t>(sequences), 2)};
    for (int s = 0; s < sequences; ++s)
      for (int i = 0; i < length; ++i) {
        const auto at = static_cast<std::size_t>(3 * s + i);
        batch.inputs.push_back(i >= 4 ? kPad : i == 0 ? kStart : tokens[at - 1]);
        batch.targets.push_back(i >= 4 ? -1 : tokens[at]);
      }
    return batch;
  };
  TransformerNetwork small(model.shape(), 2, 10), large(model.shape(), 5, 16);
  const Batch shorter = fill(5, 4), padded = fill(5, 10);
  std::vector<float> a(model.weights().size()), b(a.size());
  const double loss = small.loss_and_gradient(a.data(), model.weights().data(), shorter, 1.0F, {});
  REQUIRE(loss == Approx(large.loss_and_gradient(b.data(), model.weights().data(), padded, 1.0F, {})).epsilon(1e-5));
  for (std::size_t i = 0; i < a.size(); i += 97)
    REQUIRE(static_cast<double>(a[i]) == Approx(static_cast<double>(b[i])).epsilon(1e-3).margin(1e-3));
}
