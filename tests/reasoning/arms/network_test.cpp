#include "reasoning/arms/network.h"

#include <catch2/catch.hpp>
#include <cmath>

using namespace noema;
using namespace noema::reasoning;
using Eigen::Index;
using Eigen::MatrixXf;

namespace {

KeptItems some_items(std::uint64_t seed, std::size_t count, Index width, std::size_t classes) {
  base::Rng rng(seed);
  KeptItems items;
  for (std::size_t i = 0; i < count; ++i) {
    Eigen::VectorXf x = Eigen::VectorXf::Zero(width);
    for (Index k = 0; k < width; ++k)
      if (rng.uniform() < 0.5) x[k] = static_cast<float>(rng.normal());
    items.add(x, rng.below(classes));
  }
  return items;
}

/// The mean cross-entropy, item by item and unit by unit, in double precision.
double plain_loss(const Weights& weights, const KeptItems& items) {
  const MatrixXf x = items.inputs();
  const auto labels = items.labels();
  double loss = 0;
  for (Index j = 0; j < x.cols(); ++j) {
    std::vector<double> below(x.rows());
    for (Index i = 0; i < x.rows(); ++i) below[static_cast<std::size_t>(i)] = double{x(i, j)};
    for (std::size_t l = 0; l < weights.size(); ++l) {
      std::vector<double> out;
      for (Index row = 0; row < weights[l].rows(); ++row) {
        double sum = double{weights[l](row, weights[l].cols() - 1)};
        for (std::size_t i = 0; i < below.size(); ++i) sum += double{weights[l](row, static_cast<Index>(i))} * below[i];
        out.push_back(l + 1 < weights.size() ? std::max(0.0, sum) : sum);
      }
      below = out;
    }
    double all = 0;
    for (const double score : below) all += std::exp(score);
    loss += std::log(all) - below[labels[static_cast<std::size_t>(j)]];
  }
  return loss / static_cast<double>(x.cols());
}

Weights gradient_of(const Network& network, const KeptItems& items, bool squared = false) {
  const Network::Pass pass = network.forward(items.inputs());
  return network.gradient(pass, cross_entropy_slopes(pass.scores, items.labels()), squared);
}

Network small_network(std::size_t layers) {
  Network network({5, layers, 3});
  network.grow(7, 2);
  network.grow(7, 4);
  for (MatrixXf& layer : network.weights()) layer.rightCols(1).setConstant(0.1F);  // no unit lies on its kink
  return network;
}

}  // namespace

TEST_CASE("the gradient of a network is that of finite differences of the plain loss", "[network]") {
  for (const std::size_t layers : {0U, 1U, 2U}) {
    INFO(layers << " hidden layers");
    const Network network = small_network(layers);
    const KeptItems items = some_items(1, 6, 7, 4);
    const Weights gradient = gradient_of(network, items);
    REQUIRE(gradient.size() == layers + 1);
    constexpr float kStep = 1e-4F;
    for (std::size_t l = 0; l < gradient.size(); ++l)
      for (Index i = 0; i < gradient[l].size(); ++i) {
        Weights up = network.weights(), down = network.weights();
        up[l].data()[i] += kStep;
        down[l].data()[i] -= kStep;
        const double step = double{up[l].data()[i]} - double{down[l].data()[i]};
        CHECK(double{gradient[l].data()[i]} ==
              Approx((plain_loss(up, items) - plain_loss(down, items)) / step).margin(2e-4));
      }
  }
}

TEST_CASE("squared gradients are the sum of what each item gives by itself, squared", "[network]") {
  const Network network = small_network(2);
  const KeptItems items = some_items(2, 5, 7, 4);
  const Weights together = gradient_of(network, items, true);
  for (std::size_t l = 0; l < together.size(); ++l) {
    MatrixXf sum = MatrixXf::Zero(together[l].rows(), together[l].cols());
    for (std::size_t i = 0; i < items.size(); ++i)
      sum += gradient_of(network, items.chosen({i}))[l].cwiseAbs2() / 25;  // the mean's derivative: a fifth of each
    CHECK((sum - together[l]).norm() < 1e-5F * (1 + sum.norm()));
  }
}

TEST_CASE("a new class leaves what a network says of the others as it was", "[network]") {
  Network network({5, 1, 3});
  network.grow(7, 2);
  const Inputs x = some_items(3, 4, 7, 2).inputs();
  const MatrixXf before = network.forward(x).scores;
  network.grow(7, 3);
  const MatrixXf after = network.forward(x).scores;
  CHECK(after.rows() == 3);
  CHECK(after.topRows(2) == before);
  Network at_once({5, 1, 3});
  at_once.grow(7, 3);
  CHECK(network.weights().back() == at_once.weights().back());
}

TEST_CASE("Adam takes the steps of its paper, and begins with zeros for weights that come later", "[network]") {
  Weights weights{MatrixXf::Constant(1, 2, 1.0F)};
  Adam adam;
  double m = 0, v = 0, w = 1;
  for (int t = 1; t <= 3; ++t) {
    const double g = 0.5 * t;
    adam.step(weights, {MatrixXf::Constant(1, 2, static_cast<float>(g))}, 0.1F);
    m = 0.9 * m + 0.1 * g;
    v = 0.999 * v + 0.001 * g * g;
    w -= 0.1 * (m / (1 - std::pow(0.9, t))) / (std::sqrt(v / (1 - std::pow(0.999, t))) + 1e-8);
    CHECK(double{weights[0](0, 0)} == Approx(w).epsilon(1e-5));
  }
  weights[0].conservativeResize(2, 2);
  weights[0].row(1).setZero();
  adam.step(weights, {MatrixXf::Zero(2, 2)}, 0.1F);
  CHECK(weights[0](1, 0) == 0);
  CHECK(weights[0](0, 0) < static_cast<float>(w));  // the first row goes on by its momentum
}
