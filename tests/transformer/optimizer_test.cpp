#include "transformer/optimizer.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "tests/transformer/numbers.h"

using namespace noema::transformer;
using testing::random_floats;

namespace {

/// A matrix of two weights, which decay, and a vector of two, which do not.
Layout small_layout() {
  Layout layout;
  layout.matrix("matrix", 2, 1, 0.1);
  layout.vector("vector", 2, 1);
  return layout;
}

/// AdamW as Loshchilov & Hutter write it (algorithm 2), in double, of one gradient that is clipped by its norm.
struct Written {
  OptimizerOptions options;
  std::vector<double> w, m, v, decay, rate;

  double step(const std::vector<float>& gradient, double learning_rate, int t) {
    double square = 0;
    for (float g : gradient) square += double{g} * double{g};
    const double norm = std::sqrt(square), scale = std::min(1.0, double{options.largest_norm} / norm);
    const double beta1 = double{options.beta1}, beta2 = double{options.beta2};
    for (std::size_t i = 0; i < w.size(); ++i) {
      const double g = scale * double{gradient[i]};
      m[i] = beta1 * m[i] + (1 - beta1) * g;
      v[i] = beta2 * v[i] + (1 - beta2) * g * g;
      const double first = m[i] / (1 - std::pow(beta1, t)), second = v[i] / (1 - std::pow(beta2, t));
      w[i] -= learning_rate * rate[i] * (first / (std::sqrt(second) + double{options.epsilon}) + decay[i] * w[i]);
    }
    return norm;
  }
};

double step(Optimizer& optimizer, std::vector<float>& weights, std::vector<float> gradient, float rate,
            std::uint64_t t) {
  std::vector<std::vector<float>> gradients{std::move(gradient)};
  return optimizer.step(weights, gradients, rate, t);
}

}  // namespace

TEST_CASE("the first step goes one learning rate against the gradient's sign, and only matrices decay") {
  OptimizerOptions options;
  options.weight_decay = 0.5F;
  Optimizer optimizer(small_layout(), options);
  std::vector<float> weights = {1, -2, 3, 4};
  const double norm = step(optimizer, weights, {0.3F, -0.4F, 0, 0.5F}, 0.1F, 1);
  CHECK(norm == Approx(std::sqrt(0.09 + 0.16 + 0.25)));
  // w - 0.1 (sign g + 0.5 w) where w decays; nothing moves a vector's weight without a gradient.
  CHECK(weights[0] == Approx(1 - 0.1 * (1 + 0.5)));
  CHECK(weights[1] == Approx(-2 - 0.1 * (-1 - 1)));
  CHECK(weights[2] == 3);
  CHECK(weights[3] == Approx(4 - 0.1));
  CHECK(optimizer.first_moments()[0] == Approx(0.1 * 0.3));
  CHECK(optimizer.second_moments()[1] == Approx(0.02 * 0.16));
}

TEST_CASE("many steps of weights, and of further ones at a rate of their own, agree with AdamW written out") {
  OptimizerOptions options;
  options.weight_decay = 0.05F;
  options.further_rate = 3;
  Optimizer optimizer(small_layout(), options, 2);
  std::vector<float> weights = random_floats(6, 1, 1);
  const double decay = double{options.weight_decay};
  Written written{options,
                  {weights.begin(), weights.end()},
                  std::vector<double>(6),
                  std::vector<double>(6),
                  {decay, decay, 0, 0, decay, decay},
                  {1, 1, 1, 1, 3, 3}};
  for (int t = 1; t <= 40; ++t) {
    const auto gradient =
        random_floats(6, t % 3 == 0 ? 4 : 0.05, static_cast<std::uint64_t>(t));  // clipped now and then
    const float rate = 0.01F * static_cast<float>(t % 5);
    CHECK(step(optimizer, weights, gradient, rate, static_cast<std::uint64_t>(t)) ==
          Approx(written.step(gradient, double{rate}, t)).epsilon(1e-5));
    for (std::size_t i = 0; i < 6; ++i) REQUIRE(weights[i] == Approx(written.w[i]).epsilon(1e-4).margin(1e-5));
  }
}

TEST_CASE("a gradient longer than the largest norm is shortened to it before the moments see it") {
  Optimizer optimizer(small_layout(), {});
  std::vector<float> weights(4);
  CHECK(step(optimizer, weights, {30, 40, 0, 0}, 0.1F, 1) == Approx(50));
  CHECK(optimizer.first_moments()[0] == Approx(0.1 * 0.6));
  CHECK(optimizer.first_moments()[1] == Approx(0.1 * 0.8));
  CHECK(optimizer.second_moments()[1] == Approx(0.02 * 0.64));
}

TEST_CASE("gradients of several shards count as their sum") {
  Optimizer one(small_layout(), {}), several(small_layout(), {});
  std::vector<float> a = {1, 2, 3, 4}, b = a;
  std::vector<std::vector<float>> shards = {{0.5F, 0, 0.25F, 0}, {0, 0.5F, 0.25F, 0}, {0.25F, 0, 0, -1}};
  const double norm = several.step(b, shards, 0.1F, 1);
  CHECK(norm == step(one, a, {0.75F, 0.5F, 0.5F, -1}, 0.1F, 1));
  CHECK(a == b);
  CHECK(shards[0] == std::vector<float>{0.75F, 0.5F, 0.5F, -1});
}

TEST_CASE("a gradient that is not finite, or whose square is not, changes nothing") {
  Optimizer optimizer(small_layout(), {});
  std::vector<float> weights = {1, -2, 3, 4};
  step(optimizer, weights, {0.1F, 0.1F, 0.1F, 0.1F}, 0.1F, 1);
  const auto before = weights, first = optimizer.first_moments(), second = optimizer.second_moments();
  for (const float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(), 1e30F})
    for (std::size_t at = 0; at < 4; ++at) {
      std::vector<float> gradient(4, 0.1F);
      gradient[at] = bad;
      CHECK_FALSE(std::isfinite(step(optimizer, weights, gradient, 0.1F, 2)));
      CHECK(weights == before);
      CHECK(optimizer.first_moments() == first);
      CHECK(optimizer.second_moments() == second);
    }
}

TEST_CASE("without a gradient or a rate the weights stay, but for their decay") {
  Optimizer optimizer(small_layout(), {});
  std::vector<float> weights = {1, -2, 3, 4};
  CHECK(step(optimizer, weights, {0, 0, 0, 0}, 0.5F, 1) == 0);
  CHECK(weights[0] == Approx(1 - 0.5 * 0.1));
  CHECK(weights[2] == 3);
  const auto before = weights;
  step(optimizer, weights, {1, 1, 1, 1}, 0, 2);
  CHECK(weights == before);
}

TEST_CASE("an optimizer given another's moments goes on with the same bits") {
  Optimizer through(small_layout(), {}), restored(small_layout(), {});
  std::vector<float> a = random_floats(4, 1, 1);
  for (std::uint64_t t = 1; t <= 5; ++t) step(through, a, random_floats(4, 1, t), 0.01F, t);
  auto b = a;
  restored.restore(through.first_moments(), through.second_moments());
  for (std::uint64_t t = 6; t <= 9; ++t) {
    step(through, a, random_floats(4, 1, t), 0.01F, t);
    step(restored, b, random_floats(4, 1, t), 0.01F, t);
  }
  CHECK(a == b);
}

TEST_CASE("a step has the same bits on any number of threads, over tensors larger than a thread's part") {
  Layout layout;
  layout.matrix("large", 300, 500, 0.1);
  layout.vector("small", 7, 0);
  CHECK(testing::same_on_any_threads([&] {
    Optimizer optimizer(layout, {}, 70000);
    auto weights = random_floats(layout.parameters() + 70000, 1, 1);
    for (std::uint64_t t = 1; t <= 3; ++t) step(optimizer, weights, random_floats(weights.size(), 1, t), 0.1F, t);
    return weights;
  }));
}

TEST_CASE("a model without weights has a gradient of norm 0") {
  Optimizer optimizer(Layout{}, {});
  std::vector<float> weights;
  CHECK(step(optimizer, weights, {}, 0.1F, 1) == 0);
}
