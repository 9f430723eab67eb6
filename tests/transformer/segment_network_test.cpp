#include "transformer/segment_network.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/transformer/samples.h"
#include "transformer/transformer_network.h"

using namespace noema::transformer;

namespace {

/// Compares the gradient of loss(weights) with finite differences along a random direction of the weights [begin, end).
template <typename Loss>
void check_gradient(const std::vector<float>& gradient, const std::vector<float>& weights, std::size_t begin,
                    std::size_t end, noema::base::Rng& rng, const Loss& loss) {
  std::vector<float> direction(weights.size());
  double expected = 0;
  for (std::size_t i = begin; i < end; ++i) {
    direction[i] = static_cast<float>(rng.normal());
    expected += static_cast<double>(direction[i]) * static_cast<double>(gradient[i]);
  }
  const auto loss_at = [&](float t) {
    auto moved = weights;
    for (std::size_t i = begin; i < end; ++i) moved[i] += t * direction[i];
    return loss(moved);
  };
  const double measured = (loss_at(1e-3F) - loss_at(-1e-3F)) / 2e-3;
  REQUIRE(expected == Approx(measured).epsilon(0.01).margin(0.05));
}

}  // namespace

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
    for (int i = 0; i < 7; ++i) segment.set_target(i, i == 6 ? -1 : tokens[7 + static_cast<std::size_t>(i)]);
    std::vector<float> unused(w.size());
    return segment.backward(gradient ? gradient : unused.data(), w.data(), 1.0F, false, occurrences);
  };
  std::vector<float> gradient(weights.size());
  run(weights, gradient.data());
  for (int trial = 0; trial < 12; ++trial) {
    const std::size_t begin = trial == 0 ? shape.parameters() : rng.below(shape.final_norm() - 200);
    const std::size_t end = trial == 0 ? weights.size() : begin + 200;
    check_gradient(gradient, weights, begin, end, rng, [&](const auto& moved) { return run(moved, nullptr); });
  }
}

TEST_CASE("what is known of tokens is added by the adapter, and its gradient agrees with finite differences") {
  constexpr int kKnown = 6;
  const Model model = testing::small_model(16);
  const Shape& shape = model.shape();
  const auto tokens = testing::story_tokens(model.tokenizer(), 1);
  const std::size_t adapter = SegmentNetwork::adapter(shape, kKnown);
  REQUIRE(adapter == 7 * static_cast<std::size_t>(shape.width) + 1);
  std::vector<float> weights(model.weights().begin(), model.weights().end());
  noema::base::Rng rng(5);
  for (std::size_t i = 0; i < adapter + static_cast<std::size_t>(shape.width); ++i)
    weights.push_back(0.3F * static_cast<float>(rng.normal()));
  std::vector<float> known(std::size_t{13} * kKnown);
  for (float& x : known) x = static_cast<float>(rng.normal());
  SegmentNetwork segment(shape, model.tokenizer().begin_end(), kKnown);
  const std::vector<Occurrence> occurrences = {{1, 2, 0}};
  const auto run = [&](const std::vector<float>& w, float* gradient, bool in_pieces = false, bool add = false) {
    const auto append = [&](std::size_t begin, std::size_t n, bool predict) {
      segment.append(w.data(), 1, std::span(tokens).subspan(begin, n), predict,
                     std::span<const float>(known).subspan(begin * kKnown, n * kKnown));
    };
    segment.clear();
    append(0, 6, false);
    segment.cut();
    append(6, in_pieces ? 3 : 7, true);
    if (in_pieces) append(9, 4, true);
    for (int i = 0; i < 7; ++i) segment.set_target(i, i == 6 ? -1 : tokens[7 + static_cast<std::size_t>(i)]);
    std::vector<float> unused(w.size());
    return segment.backward(gradient != nullptr ? gradient : unused.data(), w.data(), 1.0F, add, occurrences);
  };
  std::vector<float> gradient(weights.size(), 7.0F), again(weights.size());
  const double loss = run(weights, gradient.data());
  CHECK(run(weights, again.data(), true) == Approx(loss).epsilon(1e-6));
  run(weights, again.data(), false, true);
  for (std::size_t i = 0; i < again.size(); ++i)
    REQUIRE(again[i] == Approx(2 * gradient[i]).epsilon(1e-3).margin(1e-4));

  const std::size_t own = shape.parameters();
  const std::vector<std::pair<std::size_t, std::size_t>> parts = {
      {own, own + adapter},                                           // the adapter
      {own, own + 40},                                                // some of what reads the known
      {own + adapter - 1 - std::size_t(shape.width), own + adapter},  // its gate
      {own + adapter, weights.size()}};                               // the composite behind it
  for (const auto& [begin, end] : parts)  // what the adapter adds in the past shows in no row after it
    check_gradient(gradient, weights, begin, end, rng, [&](const auto& moved) { return run(moved, nullptr); });
}

TEST_CASE("an adapter of zeros changes nothing, and every token needs as much that is known") {
  const Model model = testing::small_model(16);
  const auto tokens = testing::story_tokens(model.tokenizer(), 1);
  SegmentNetwork plain(model.shape(), model.tokenizer().begin_end());
  SegmentNetwork knowing(model.shape(), model.tokenizer().begin_end(), 4);
  std::vector<float> weights(model.weights().begin(), model.weights().end());
  weights.resize(weights.size() + SegmentNetwork::adapter(model.shape(), 4));
  const std::vector<float> known(20, 3);
  const auto five = std::span(tokens).first(5);
  plain.append(model.weights().data(), 0, five, true);
  knowing.append(weights.data(), 0, five, true, known);
  for (int row = 0; row < 5; ++row)
    for (std::size_t i = 0; i < plain.prediction(row).logits.size(); ++i)
      REQUIRE(plain.prediction(row).logits[i] == knowing.prediction(row).logits[i]);
  CHECK_THROWS_AS(knowing.append(weights.data(), 0, five, true), std::logic_error);
  CHECK_THROWS_AS(plain.append(weights.data(), 0, five, true, known), std::logic_error);
}
