#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "transformer/transformer_network.h"

using namespace noema::transformer;

namespace {

/// The weights of tests/golden/transformer.py.
std::vector<float> golden_weights(const Shape& shape) {
  std::vector<float> weights(shape.parameters());
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double x = static_cast<double>(i);
    weights[i] = static_cast<float>(0.4 * std::sin(0.37 * x + 0.9 * std::sin(0.011 * x)));
  }
  const auto gain = [&](std::size_t at) {
    for (std::size_t i = at; i < at + static_cast<std::size_t>(shape.width); ++i) weights[i] = 1 + weights[i] / 2;
  };
  for (int l = 0; l < shape.layers; ++l) {
    gain(shape.layer(l).norm1);
    gain(shape.layer(l).norm2);
  }
  gain(shape.final_norm());
  return weights;
}

}  // namespace

TEST_CASE("losses and gradients agree with PyTorch's under each mask") {
  const auto golden = nlohmann::json::parse(noema::base::read_file(NOEMA_SOURCE_DIR "/tests/golden/transformer.json"));
  const Shape shape({2, 8, 2, 7, 0, "bytes"}, 29);
  REQUIRE(shape.hidden == 64);
  REQUIRE(shape.parameters() == golden.at("parameters").get<std::size_t>());
  const auto weights = golden_weights(shape);
  TransformerNetwork network(shape, 1, 7);
  for (const auto& expected : golden.at("cases")) {
    const Batch batch{1,
                      7,
                      golden.at("inputs").get<std::vector<Token>>(),
                      golden.at("targets").get<std::vector<Token>>(),
                      {expected.at("prefix").get<int>()}};
    std::vector<float> gradient(weights.size()), losses(7);
    network.loss_and_gradient(gradient.data(), weights.data(), batch, 1.0F, {}, losses.data());
    for (std::size_t i = 0; i < 7; ++i)
      REQUIRE(losses[i] == Approx(expected.at("losses")[i].get<double>()).epsilon(1e-5));
    double square = 0;
    for (float g : gradient) square += static_cast<double>(g) * static_cast<double>(g);
    REQUIRE(std::sqrt(square) == Approx(expected.at("gradient_norm").get<double>()).epsilon(1e-5));
    for (std::size_t i = 0; i * 97 < gradient.size(); ++i)
      REQUIRE(gradient[i * 97] ==
              Approx(expected.at("every_97th_gradient")[i].get<double>()).epsilon(1e-4).margin(1e-6));
  }
}
