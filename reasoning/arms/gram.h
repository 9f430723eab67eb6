#pragma once
// Sums over labelled vectors from which closed-form learners are solved: x x' of all, x of each class.

#include <Eigen/Core>
#include <nlohmann/json.hpp>

namespace noema::reasoning {

class Gram {
 public:
  /// Adds x [width], of class `of` (from 0, new ones without gaps). O(width^2), in blocks.
  void add(const Eigen::VectorXf& x, std::size_t of);
  /// sum of x x' [width, width], symmetric.
  const Eigen::MatrixXf& products();
  const Eigen::MatrixXf& sums() const { return sums_; }      ///< [width, classes]
  const Eigen::VectorXf& counts() const { return counts_; }  ///< [classes]

  std::uint64_t bytes() const;
  nlohmann::json save();
  void load(const nlohmann::json& state);

 private:
  void take_block();

  static constexpr Eigen::Index kBlock = 128;
  Eigen::MatrixXf products_, sums_, block_;
  Eigen::VectorXf counts_;
  Eigen::Index in_block_ = 0;
};

}  // namespace noema::reasoning
