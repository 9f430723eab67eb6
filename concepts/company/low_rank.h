#pragma once
// The best approximation of a large sparse matrix by few dimensions.

#include <Eigen/Core>
#include <cstdint>
#include <functional>

namespace noema::concepts::company {

using Columns = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// A matrix [rows, columns] that is known by its products alone. Each must give the same bits for the same input.
struct Products {
  Eigen::Index rows = 0, columns = 0;
  std::function<Columns(const Columns&)> times;             ///< A X: [columns, k] -> [rows, k]
  std::function<Columns(const Columns&)> transposed_times;  ///< A^T X: [rows, k] -> [columns, k]
};

struct LowRank {
  Columns left;              ///< U: [rows, width], orthonormal columns
  Eigen::VectorXf singular;  ///< [width], descending
};

/// The `width` largest singular values with their left vectors, by random projection and power iterations (Halko,
/// Martinsson & Tropp 2011, algorithms 4.4 and 5.1). `width` is lowered to the smaller dimension. The sign of each
/// vector is such that its largest entry is positive. 2 iterations + 2 products with width + spare columns.
LowRank low_rank(const Products& matrix, Eigen::Index width, std::uint64_t seed, int iterations = 2);

}  // namespace noema::concepts::company
