#pragma once
// Finite differences for networks of any architecture.

#include <catch2/catch.hpp>

#include "tests/transformer/samples.h"
#include "transformer/architecture.h"

namespace noema::transformer::testing {

/// A model of an architecture with random weights.
inline Model small_model_of(const std::string& architecture, float dropout = 0, int context = 16) {
  ModelOptions options{
      .layers = 2, .width = 24, .heads = 2, .context = context, .dropout = dropout, .tokenizer = "characters"};
  options.architecture = architecture;
  auto tokenizer = Tokenizer::train("characters", story_units(), 1);
  return Model::random(options, std::move(tokenizer), 7);
}

/// Sequences of the story, the last of them shorter than the others.
inline Batch story_batch_of(const Model& model, int sequences, int length) {
  const auto tokens = story_tokens(model.tokenizer(), 2);
  Batch batch{sequences, length, {}, {}, std::vector<int>(static_cast<std::size_t>(sequences))};
  for (int s = 0; s < sequences; ++s)
    for (int i = 0; i < length; ++i) {
      const bool inside = s + 1 < sequences || i < length - 3;
      const auto at = [&](int j) { return tokens[static_cast<std::size_t>(17 * s + j)]; };
      batch.inputs.push_back(!inside ? kPad : i == 0 ? kStart : at(i - 1));
      batch.targets.push_back(inside ? at(i) : -1);
    }
  return batch;
}

/// The gradient of loss_and_gradient agrees with finite differences of what it returns, tensor by tensor.
inline void check_gradient(const Model& model, const Batch& batch, const Regularisation& regularisation,
                           const std::string& constant = "none") {
  std::vector<float> weights(model.weights().begin(), model.weights().end());
  std::vector<float> gradient(weights.size(), 1.0F), unused(weights.size());
  const auto network = make_network(model.options(), model.tokenizer().size(), batch.sequences, batch.length);
  network->loss_and_gradient(gradient.data(), weights.data(), batch, 1.0F, regularisation);
  base::Rng rng(5);
  const Layout layout = layout_of(model.options(), model.tokenizer().size());
  for (const Tensor& tensor : layout.tensors()) {
    INFO(model.options().architecture << ", " << tensor.name);
    for (int trial = 0; trial < 3; ++trial) {
      const std::size_t n = std::min<std::size_t>(tensor.size(), 200);
      const std::size_t begin = tensor.begin + rng.below(tensor.size() - n + 1);
      std::vector<float> direction(weights.size());
      double expected = 0;
      for (std::size_t i = begin; i < begin + n; ++i) {
        direction[i] = static_cast<float>(rng.normal());
        expected += static_cast<double>(direction[i]) * static_cast<double>(gradient[i]);
      }
      if (tensor.name == constant) {
        REQUIRE(expected == 0);
        continue;
      }
      const auto loss_at = [&](float t) {
        auto moved = weights;
        for (std::size_t i = begin; i < begin + n; ++i) moved[i] += t * direction[i];
        return network->loss_and_gradient(unused.data(), moved.data(), batch, 1.0F, regularisation);
      };
      REQUIRE(expected == Approx((loss_at(1e-3F) - loss_at(-1e-3F)) / 2e-3).epsilon(0.01).margin(0.03));
    }
  }
}

}  // namespace noema::transformer::testing
