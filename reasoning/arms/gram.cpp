#include "reasoning/arms/gram.h"

#include "base/error.h"
#include "reasoning/arms/label_arm.h"

namespace noema::reasoning {

void Gram::add(const Eigen::VectorXf& x, std::size_t of) {
  const auto id = static_cast<Eigen::Index>(of);
  if (products_.size() == 0) {
    products_ = Eigen::MatrixXf::Zero(x.size(), x.size());
    block_.resize(x.size(), kBlock);
  }
  base::check(x.size() == products_.rows(), "Gram: vectors of different lengths");
  if (id >= sums_.cols()) {
    sums_.conservativeResize(x.size(), id + 1);
    sums_.col(id).setZero();
    counts_.conservativeResize(id + 1);
    counts_[id] = 0;
  }
  sums_.col(id) += x;
  ++counts_[id];
  block_.col(in_block_++) = x;
  if (in_block_ == kBlock) take_block();
}

void Gram::take_block() {
  if (in_block_ == 0) return;
  products_.selfadjointView<Eigen::Lower>().rankUpdate(block_.leftCols(in_block_));
  in_block_ = 0;
}

const Eigen::MatrixXf& Gram::products() {
  take_block();
  products_.triangularView<Eigen::StrictlyUpper>() = products_.transpose();
  return products_;
}

std::uint64_t Gram::bytes() const {
  return static_cast<std::uint64_t>(products_.size() + sums_.size() + block_.size() + counts_.size()) * sizeof(float);
}

nlohmann::json Gram::save() {
  return {{"products", matrix_to_json(products_)},
          {"sums", matrix_to_json(sums_)},
          {"counts", matrix_to_json(counts_)},
          {"block", matrix_to_json(block_.leftCols(in_block_))}};
}

void Gram::load(const nlohmann::json& state) {
  const Eigen::MatrixXf products = matrix_of_json(state.at("products")), sums = matrix_of_json(state.at("sums")),
                        block = matrix_of_json(state.at("block"));
  const Eigen::VectorXf counts = vector_of_json(state.at("counts"));
  const Eigen::Index width = products.rows();
  if (products.cols() != width || sums.rows() != width || counts.size() != sums.cols() || block.rows() != width ||
      block.cols() > kBlock)
    throw base::Error("saved sums over labelled vectors are of different sizes");
  products_ = products;
  sums_ = sums;
  counts_ = counts;
  in_block_ = block.cols();
  block_.resize(width, kBlock);
  block_.leftCols(in_block_) = block;
}

}  // namespace noema::reasoning
