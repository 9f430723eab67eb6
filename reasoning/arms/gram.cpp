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
  products_ = matrix_of_json(state.at("products"));
  sums_ = matrix_of_json(state.at("sums"));
  counts_ = matrix_of_json(state.at("counts"));
  const Eigen::MatrixXf block = matrix_of_json(state.at("block"));
  in_block_ = block.cols();
  block_.resize(products_.rows(), kBlock);
  base::check(in_block_ <= kBlock && counts_.cols() <= 1, "Gram: a state of another kind");
  block_.leftCols(in_block_) = block;
}

}  // namespace noema::reasoning
