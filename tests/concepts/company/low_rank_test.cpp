#include "concepts/company/low_rank.h"

#include <Eigen/SVD>
#include <catch2/catch.hpp>

#include "base/rng.h"

using namespace noema::concepts::company;

namespace {

Products products_of(const Columns& a) {
  return {a.rows(), a.cols(), [a](const Columns& x) { return Columns(a * x); },
          [a](const Columns& x) { return Columns(a.transpose() * x); }};
}

/// Singular values 100, 80, 64, ...
Columns falling_matrix(Eigen::Index rows, Eigen::Index columns) {
  noema::base::Rng rng(7);
  Columns a(rows, columns);
  for (Eigen::Index i = 0; i < a.size(); ++i) a.data()[i] = static_cast<float>(rng.normal());
  const Eigen::JacobiSVD<Eigen::MatrixXf> svd(a, Eigen::ComputeThinU | Eigen::ComputeThinV);
  Eigen::VectorXf singular(columns);
  for (Eigen::Index i = 0; i < columns; ++i) singular[i] = 100 * std::pow(0.8F, static_cast<float>(i));
  return svd.matrixU() * singular.asDiagonal() * svd.matrixV().transpose();
}

}  // namespace

TEST_CASE("the random projection finds what an exact decomposition finds", "[company]") {
  const Columns a = falling_matrix(60, 40);
  const LowRank found = low_rank(products_of(a), 8, 1);
  const Eigen::JacobiSVD<Eigen::MatrixXf> exact(a, Eigen::ComputeThinU);
  REQUIRE(found.singular.size() == 8);
  for (Eigen::Index d = 0; d < 8; ++d) {
    CHECK(found.singular[d] == Approx(exact.singularValues()[d]).epsilon(1e-3));
    CHECK(std::abs(found.left.col(d).dot(exact.matrixU().col(d))) == Approx(1).margin(1e-2));
  }
  CHECK((found.left.transpose() * found.left - Eigen::MatrixXf::Identity(8, 8)).norm() < 1e-3);
}

TEST_CASE("the same seed gives the same bits, and more dimensions than there are come to those there are",
          "[company]") {
  const Columns a = falling_matrix(20, 10);
  CHECK(low_rank(products_of(a), 4, 3).left == low_rank(products_of(a), 4, 3).left);
  const LowRank all = low_rank(products_of(a), 50, 1);
  CHECK(all.left.cols() == 10);
  CHECK(all.left.allFinite());
}

TEST_CASE("a matrix of less rank than asked for has finite vectors", "[company]") {
  Columns a = Columns::Zero(12, 12);
  a(3, 4) = 5;
  const LowRank found = low_rank(products_of(a), 6, 1);
  CHECK(found.singular[0] == Approx(5).epsilon(1e-3));
  CHECK(found.left.allFinite());
}
