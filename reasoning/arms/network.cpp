#include "reasoning/arms/network.h"

#include <fmt/format.h>

#include <cmath>

#include "base/error.h"
#include "base/rng.h"
#include "reasoning/arms/label_arm.h"

namespace noema::reasoning {
namespace {

using Eigen::Index;
using Eigen::MatrixXf;
using Eigen::VectorXf;

/// A row of weights, and a bias of zero.
VectorXf first_weights(Index below, double variance, base::Rng rng) {
  VectorXf row = VectorXf::Zero(below + 1);
  for (Index i = 0; i < below; ++i) row[i] = static_cast<float>(rng.normal() * std::sqrt(variance));
  return row;
}

auto without_bias(const MatrixXf& layer) { return layer.leftCols(layer.cols() - 1); }

/// layer x, of inputs that are mostly zeros.
MatrixXf applied(const MatrixXf& layer, const Inputs& x) {
  base::check(x.rows() + 1 == layer.cols(), "Network: a vector of another length than the first one");
  MatrixXf out = layer.rightCols(1).replicate(1, x.cols());
  for (Index j = 0; j < x.cols(); ++j)
    for (Inputs::InnerIterator it(x, j); it; ++it) out.col(j) += it.value() * layer.col(it.index());
  return out;
}

/// slopes x', the sum of the slopes as last column.
MatrixXf outer(const MatrixXf& slopes, const Inputs& x, bool squared) {
  MatrixXf sum = MatrixXf::Zero(slopes.rows(), x.rows() + 1);
  for (Index j = 0; j < x.cols(); ++j)
    for (Inputs::InnerIterator it(x, j); it; ++it)
      sum.col(it.index()) += (squared ? it.value() * it.value() : it.value()) * slopes.col(j);
  sum.rightCols(1) = slopes.rowwise().sum();
  return sum;
}

MatrixXf outer(const MatrixXf& slopes, const MatrixXf& below, bool squared) {
  MatrixXf sum(slopes.rows(), below.rows() + 1);
  if (squared) {
    sum.leftCols(below.rows()).noalias() = slopes * below.cwiseAbs2().transpose();
  } else {
    sum.leftCols(below.rows()).noalias() = slopes * below.transpose();
  }
  sum.rightCols(1) = slopes.rowwise().sum();
  return sum;
}

}  // namespace

std::uint64_t bytes_of(const Weights& weights) {
  std::uint64_t bytes = 0;
  for (const MatrixXf& layer : weights) bytes += static_cast<std::uint64_t>(layer.size()) * sizeof(float);
  return bytes;
}

nlohmann::json weights_to_json(const Weights& weights) {
  nlohmann::json list = nlohmann::json::array();
  for (const MatrixXf& layer : weights) list.push_back(matrix_to_json(layer));
  return list;
}

Weights weights_of_json(const nlohmann::json& state) {
  Weights weights;
  for (const nlohmann::json& layer : state) weights.push_back(matrix_of_json(layer));
  return weights;
}

void fit(Weights& weights, const Weights& like) {
  weights.resize(like.size());
  for (std::size_t i = 0; i < like.size(); ++i) {
    const Index before = weights[i].rows();
    if (before == like[i].rows()) continue;
    weights[i].conservativeResize(like[i].rows(), like[i].cols());
    weights[i].bottomRows(like[i].rows() - before).setZero();
  }
}

void Network::grow(std::size_t width, std::size_t classes) {
  const base::Rng rng(shape_.seed);
  const auto hidden = static_cast<Index>(shape_.hidden);
  if (weights_.empty()) {
    auto below = static_cast<Index>(width);
    for (std::size_t l = 0; l < shape_.layers; ++l) {
      MatrixXf& layer = weights_.emplace_back(hidden, below + 1);
      for (Index i = 0; i < hidden; ++i)
        layer.row(i) = first_weights(below, 2.0 / static_cast<double>(below), rng.fork(fmt::format("{} {}", l, i)));
      below = hidden;
    }
    weights_.emplace_back(0, below + 1);
  }
  MatrixXf& head = weights_.back();
  for (Index i = head.rows(); i < static_cast<Index>(classes); ++i) {
    head.conservativeResize(i + 1, Eigen::NoChange);
    const Index below = head.cols() - 1;
    head.row(i) = first_weights(below, 2.0 / static_cast<double>(below), rng.fork(fmt::format("class {}", i)));
  }
}

Network::Pass Network::forward(Inputs inputs) const {
  Pass pass{std::move(inputs), {}, {}};
  for (const MatrixXf& layer : weights_) {
    MatrixXf out;
    if (&layer == &weights_.front()) {
      out = applied(layer, pass.inputs);
    } else {
      out = layer.rightCols(1).replicate(1, pass.hidden.back().cols());
      out.noalias() += without_bias(layer) * pass.hidden.back();
    }
    if (&layer == &weights_.back()) {
      pass.scores = std::move(out);
    } else {
      pass.hidden.push_back(out.cwiseMax(0.0F));
    }
  }
  return pass;
}

Weights Network::gradient(const Pass& pass, const MatrixXf& slopes, bool squared) const {
  Weights gradient(weights_.size());
  MatrixXf at = slopes;  // derivative to what this layer gives, before it is rectified
  for (std::size_t l = weights_.size(); l-- > 0;) {
    const MatrixXf squares = squared ? MatrixXf(at.cwiseAbs2()) : MatrixXf();
    const MatrixXf& summed = squared ? squares : at;
    gradient[l] = l == 0 ? outer(summed, pass.inputs, squared) : outer(summed, pass.hidden[l - 1], squared);
    if (l > 0)
      at = (without_bias(weights_[l]).transpose() * at)
               .cwiseProduct((pass.hidden[l - 1].array() > 0).cast<float>().matrix());
  }
  return gradient;
}

MatrixXf softmax(const MatrixXf& scores) {
  MatrixXf p = scores;
  for (Index j = 0; j < p.cols(); ++j) {
    p.col(j) = (p.col(j).array() - p.col(j).maxCoeff()).exp();
    p.col(j) /= p.col(j).sum();
  }
  return p;
}

MatrixXf cross_entropy_slopes(const MatrixXf& scores, const std::vector<std::size_t>& labels) {
  MatrixXf slopes = softmax(scores);
  for (std::size_t j = 0; j < labels.size(); ++j) slopes(static_cast<Index>(labels[j]), static_cast<Index>(j)) -= 1;
  return slopes / static_cast<float>(labels.size());
}

void Adam::step(Weights& weights, const Weights& gradient, float rate) {
  constexpr float kFirst = 0.9F, kSecond = 0.999F, kEpsilon = 1e-8F;
  fit(first_, weights);
  fit(second_, weights);
  ++steps_;
  const auto steps = static_cast<double>(steps_);
  const auto unbias = static_cast<float>(1 / (1 - std::pow(double{kSecond}, steps)));
  const auto along = static_cast<float>(rate / (1 - std::pow(double{kFirst}, steps)));
  for (std::size_t l = 0; l < weights.size(); ++l) {
    auto m = first_[l].array(), v = second_[l].array();
    const auto g = gradient[l].array();
    m = kFirst * m + (1 - kFirst) * g;
    v = kSecond * v + (1 - kSecond) * g.square();
    weights[l].array() -= along * m / ((unbias * v).sqrt() + kEpsilon);
  }
}

nlohmann::json Adam::save() const {
  return {{"first", weights_to_json(first_)}, {"second", weights_to_json(second_)}, {"steps", steps_}};
}

void Adam::load(const nlohmann::json& state) {
  first_ = weights_of_json(state.at("first"));
  second_ = weights_of_json(state.at("second"));
  steps_ = state.at("steps").get<std::uint64_t>();
}

}  // namespace noema::reasoning
