#include "reasoning/arms/slda_arm.h"

#include <Eigen/LU>
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/reasoning/arms/items.h"

using namespace noema;
using namespace noema::reasoning;
using namespace noema::tests;

namespace {

/// Linear discriminant analysis as in the book: means, then the covariance around them, in double precision.
struct PlainLda {
  std::vector<Eigen::Vector2d> means;
  Eigen::Matrix2d inverse;

  PlainLda(const std::vector<std::vector<Eigen::Vector2d>>& classes, double shrinkage) {
    Eigen::Matrix2d scatter = Eigen::Matrix2d::Zero();
    double all = 0;
    for (const auto& items : classes) {
      Eigen::Vector2d mean = Eigen::Vector2d::Zero();
      for (const auto& x : items) mean += x / static_cast<double>(items.size());
      for (const auto& x : items) scatter += (x - mean) * (x - mean).transpose();
      all += static_cast<double>(items.size());
      means.push_back(mean);
    }
    inverse = ((1 - shrinkage) / all * scatter + shrinkage * Eigen::Matrix2d::Identity()).inverse();
  }
  double score(std::size_t of, const Eigen::Vector2d& x) const {
    return means[of].dot(inverse * x) - 0.5 * means[of].dot(inverse * means[of]);
  }
};

}  // namespace

TEST_CASE("streaming discriminant analysis gives the confidence of the plain one", "[classes]") {
  base::Rng rng(3);
  std::vector<std::vector<Eigen::Vector2d>> classes(2);
  const auto arm = learner_of("slda{shrinkage=0.05}");
  for (int i = 0; i < 300; ++i) {  // more than two blocks of sums
    const std::size_t of = rng.below(2);
    const double along = 3 * rng.normal(), across = 0.3 * rng.normal() + (of == 0 ? 0.4 : -0.4);
    const Eigen::Vector2d x(along + across, along - across);
    classes[of].push_back(x);
    arm->warm(point({static_cast<float>(x[0]), static_cast<float>(x[1])}, of == 0 ? "a" : "b"));
  }
  const PlainLda plain(classes, 0.05);
  for (int i = 0; i < 20; ++i) {
    const Eigen::Vector2d x(2 * rng.normal(), 2 * rng.normal());
    const double difference = plain.score(0, x) - plain.score(1, x);
    const Label label = said(*arm, point({static_cast<float>(x[0]), static_cast<float>(x[1])}));
    CHECK(label.label == (difference > 0 ? "a" : "b"));
    CHECK(label.confidence == Approx(1 / (1 + std::exp(-std::abs(difference)))).epsilon(1e-3));
  }
}

TEST_CASE("the shared covariance tells classes apart whose means alone do not", "[classes]") {
  const auto slda = learner_of("slda"), means = learner_of("class_means");
  base::Rng rng(4);
  const auto draw = [&](std::size_t of) {
    const double along = 5 * rng.normal(), across = 0.1 * rng.normal() + (of == 0 ? 0.3 : -0.3);
    return point({static_cast<float>(along + across), static_cast<float>(along - across)}, of == 0 ? "a" : "b");
  };
  for (std::size_t i = 0; i < 400; ++i) {
    const Experience item = draw(i % 2);
    slda->warm(item);
    means->warm(item);
  }
  int by_slda = 0, by_means = 0;
  for (std::size_t i = 0; i < 200; ++i) {
    const Experience item = draw(i % 2);
    by_slda += said(*slda, item).label == label_of(item);
    by_means += said(*means, item).label == label_of(item);
  }
  CHECK(by_slda > 190);
  CHECK(by_means < 170);
}
