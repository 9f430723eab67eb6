#include "concepts/company/low_rank.h"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <algorithm>

#include "base/rng.h"

namespace noema::concepts::company {
namespace {

constexpr Eigen::Index kSpare = 10;  // columns more than asked for (Halko et al., section 4.3)

Columns normal_numbers(Eigen::Index rows, Eigen::Index columns, std::uint64_t seed) {
  base::Rng rng(seed);
  Columns numbers(rows, columns);
  for (Eigen::Index i = 0; i < numbers.size(); ++i) numbers.data()[i] = static_cast<float>(rng.normal());
  return numbers;
}

/// X^T X, accumulated in double over blocks of rows.
Eigen::MatrixXd gram(const Columns& x) {
  constexpr Eigen::Index kRows = 256;
  Eigen::MatrixXd products = Eigen::MatrixXd::Zero(x.cols(), x.cols());
  for (Eigen::Index row = 0; row < x.rows(); row += kRows) {
    const auto block = x.middleRows(row, std::min(kRows, x.rows() - row));
    products += (block.transpose() * block).cast<double>();
  }
  return products;
}

/// Orthonormal columns that span the same space, by Cholesky factors of the Gram matrix, twice because once loses half
/// of the digits (Yamamoto et al. 2015). What is added to the diagonal is above the rounding of float products, so that
/// a column that depends on others becomes small, never undefined.
void orthonormalise(Columns& x) {
  for (int pass = 0; pass < 2; ++pass) {
    Eigen::MatrixXd products = gram(x);
    products.diagonal().array() += 1e-5 * std::max(products.trace() / static_cast<double>(x.cols()), 1e-30);
    const Eigen::LLT<Eigen::MatrixXd> factor(products);
    const Eigen::MatrixXf inverse = factor.matrixU().solve(Eigen::MatrixXd::Identity(x.cols(), x.cols())).cast<float>();
    x = (x * inverse).eval();
  }
}

}  // namespace

LowRank low_rank(const Products& matrix, Eigen::Index width, std::uint64_t seed, int iterations) {
  width = std::min({width, matrix.rows, matrix.columns});
  if (width == 0) return {Columns(matrix.rows, 0), Eigen::VectorXf(0)};
  const Eigen::Index columns = std::min({width + kSpare, matrix.rows, matrix.columns});
  Columns basis = matrix.times(normal_numbers(matrix.columns, columns, seed));
  orthonormalise(basis);
  for (int i = 0; i < iterations; ++i) {
    Columns other = matrix.transposed_times(basis);
    orthonormalise(other);
    basis = matrix.times(other);
    orthonormalise(basis);
  }
  const Columns small = matrix.transposed_times(basis);                      // (Q^T A)^T
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solved(gram(small));  // ascending
  LowRank result;
  result.left = basis * solved.eigenvectors().rightCols(width).rowwise().reverse().cast<float>();
  result.singular = solved.eigenvalues().tail(width).reverse().cwiseMax(0).cwiseSqrt().cast<float>();
  for (Eigen::Index d = 0; d < width; ++d) {
    Eigen::Index largest = 0;
    result.left.col(d).cwiseAbs().maxCoeff(&largest);
    if (result.left(largest, d) < 0) result.left.col(d) *= -1;
  }
  return result;
}

}  // namespace noema::concepts::company
