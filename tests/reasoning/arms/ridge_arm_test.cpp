#include "reasoning/arms/ridge_arm.h"

#include <Eigen/Cholesky>
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/reasoning/arms/items.h"

using namespace noema;
using namespace noema::reasoning;
using namespace noema::tests;

TEST_CASE("random features with ridge regression give the confidence of the plain normal equations", "[classes]") {
  constexpr Eigen::Index kFeatures = 12, kWidth = 3, kItems = 150;
  base::Rng features = base::Rng(9).fork("random features"), rng(2);
  Eigen::MatrixXd projection(kFeatures, kWidth);
  for (Eigen::Index i = 0; i < projection.size(); ++i)
    projection.data()[i] = double{static_cast<float>(features.normal())};

  const auto arm = learner_of("ridge{features=12;ridge=2;seed=9}");
  Eigen::MatrixXd hidden(kFeatures, kItems), wanted = Eigen::MatrixXd::Zero(2, kItems);
  const auto to_point = [](const Eigen::Vector3f& x, const std::string& label) {
    return point({x[0], x[1], x[2]}, label);
  };
  const auto draw = [&] {
    return Eigen::Vector3f(static_cast<float>(rng.normal()), static_cast<float>(rng.normal()),
                           static_cast<float>(rng.normal()));
  };
  for (Eigen::Index i = 0; i < kItems; ++i) {
    const Eigen::Vector3f x = draw();
    const Eigen::Index of = i < 2 ? i : static_cast<Eigen::Index>(x[0] * x[1] < 0);  // label a is told first
    arm->warm(to_point(x, of == 0 ? "a" : "b"));
    hidden.col(i) = (projection * x.cast<double>()).cwiseMax(0.0);
    wanted(of, i) = 1;
  }
  const Eigen::MatrixXd products = hidden * hidden.transpose() + 2 * Eigen::MatrixXd::Identity(kFeatures, kFeatures);
  const Eigen::MatrixXd weights = products.ldlt().solve(hidden * wanted.transpose());  // [features, classes]
  for (int i = 0; i < 20; ++i) {
    const Eigen::Vector3f x = draw();
    const Eigen::VectorXd scores = weights.transpose() * (projection * x.cast<double>()).cwiseMax(0.0);
    const Label label = said(*arm, to_point(x, ""));
    CHECK(label.label == (scores[0] > scores[1] ? "a" : "b"));
    CHECK(label.confidence == Approx(1 / (1 + std::exp(-10 * std::abs(scores[0] - scores[1])))).epsilon(2e-3));
  }
}

TEST_CASE("without a seed of its own the random features are those of the experiment's seed", "[classes]") {
  const auto confidence = [](const std::string& name, std::uint64_t seed) {
    const auto arm = learner_of(name, seed);
    base::Rng rng(3);
    for (int i = 0; i < 20; ++i) arm->warm(bright_image(rng.below(4), rng));
    return said(*arm, bright_image(0, rng)).confidence;
  };
  CHECK(confidence("ridge{features=50}", 2) == confidence("ridge{features=50;seed=2}", 1));
  CHECK(confidence("ridge{features=50}", 2) != confidence("ridge{features=50}", 1));
}
