#include "transformer/segment_network.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/transformer/samples.h"
#include "transformer/transformer_network.h"

using namespace noema::transformer;

TEST_CASE("read from an empty cache, in pieces, a segment has the network's loss and gradient") {
  const Model model = testing::small_model(16);
  const auto tokens = testing::story_tokens(model.tokenizer(), 1);
  Batch batch{1, 16, {kStart}, {tokens.begin(), tokens.begin() + 16}, {0}};
  batch.inputs.insert(batch.inputs.end(), tokens.begin(), tokens.begin() + 15);
  batch.targets[3] = -1;
  std::vector<float> expected(model.weights().size()), found(expected.size(), 7.0F);
  TransformerNetwork network(model.shape(), 1, 16);
  const double loss = network.loss_and_gradient(expected.data(), model.weights().data(), batch, 0.5F, {});

  SegmentNetwork segment(model.shape(), model.tokenizer().begin_end());
  for (auto [begin, end] : {std::pair{0, 5}, std::pair{5, 6}, std::pair{6, 16}})
    segment.append(model.weights().data(), 0,
                   std::span(batch.inputs).subspan(std::size_t(begin), std::size_t(end - begin)), true);
  for (int i = 0; i < 16; ++i) segment.set_target(i, batch.targets[static_cast<std::size_t>(i)]);
  REQUIRE(segment.backward(found.data(), model.weights().data(), 0.5F, false) == Approx(loss).epsilon(1e-5));
  for (std::size_t i = 0; i < found.size(); ++i) REQUIRE(found[i] == Approx(expected[i]).epsilon(1e-3).margin(1e-4));
}

TEST_CASE("behind a past and with composites the gradient agrees with finite differences") {
  const Model model = testing::small_model(16);
  const Shape& shape = model.shape();
  const auto tokens = testing::story_tokens(model.tokenizer(), 1);
  std::vector<float> weights(model.weights().begin(), model.weights().end());
  noema::base::Rng rng(5);
  for (int i = 0; i < 2 * shape.width; ++i) weights.push_back(0.3F * static_cast<float>(rng.normal()));
  SegmentNetwork segment(shape, model.tokenizer().begin_end());
  const std::vector<Occurrence> occurrences = {{1, 2, 1}, {3, 2, 0}};  // side by side, and a row after them
  const auto run = [&](const std::vector<float>& w, float* gradient) {
    segment.clear();
    segment.append(model.weights().data(), 2, std::span(tokens).first(6), false);  // the past is constant
    segment.cut();
    segment.append(w.data(), 2, std::span(tokens).subspan(6, 7), true);
    for (int i = 0; i < 7; ++i) segment.set_target(i, i == 6 ? -1 : tokens[static_cast<std::size_t>(7 + i)]);
    std::vector<float> unused(w.size());
    return segment.backward(gradient ? gradient : unused.data(), w.data(), 1.0F, false, occurrences);
  };
  std::vector<float> gradient(weights.size());
  run(weights, gradient.data());
  for (int trial = 0; trial < 12; ++trial) {
    std::vector<float> direction(weights.size());
    const std::size_t begin = trial == 0 ? shape.parameters() : rng.below(shape.final_norm() - 200);
    const std::size_t end = trial == 0 ? weights.size() : begin + 200;
    double expected = 0;
    for (std::size_t i = begin; i < end; ++i) {
      direction[i] = static_cast<float>(rng.normal());
      expected += static_cast<double>(direction[i]) * static_cast<double>(gradient[i]);
    }
    const auto loss_at = [&](float t) {
      auto moved = weights;
      for (std::size_t i = 0; i < moved.size(); ++i) moved[i] += t * direction[i];
      return run(moved, nullptr);
    };
    const double measured = (loss_at(1e-3F) - loss_at(-1e-3F)) / 2e-3;
    REQUIRE(expected == Approx(measured).epsilon(0.01).margin(0.05));
  }
}
