#pragma once
// A network of rectified layers with a softmax over the classes known so far, its gradient, and Adam: what the arms
// that learn by gradients have in common. One thread, so the same items give the same bits.

#include <Eigen/Core>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <vector>

#include "reasoning/arms/kept_items.h"

namespace noema::reasoning {

/// A number for each weight of a network, layer by layer from below: [units, units below + 1], the bias last.
/// Gradients, moments and penalties have the shape of the weights.
using Weights = std::vector<Eigen::MatrixXf>;

std::uint64_t bytes_of(const Weights& weights);
nlohmann::json weights_to_json(const Weights& weights);
Weights weights_of_json(const nlohmann::json& state);
/// Rows of zeros, and layers, until it has the shape of `like`, which has as many or more rows.
void fit(Weights& weights, const Weights& like);

struct NetworkShape {
  std::size_t hidden = 400;  ///< units of each hidden layer
  std::size_t layers = 2;    ///< hidden ones
  std::uint64_t seed = 1;    ///< of the first weights
};

class Network {
 public:
  explicit Network(const NetworkShape& shape) : shape_(shape) {}

  /// Makes it at first, for vectors of this width; later adds classes. First weights are normal with variance 2 / units
  /// below (He et al. 2015), those of a class a function of seed and class alone.
  void grow(std::size_t width, std::size_t classes);
  std::size_t classes() const { return weights_.empty() ? 0 : static_cast<std::size_t>(weights_.back().rows()); }

  /// What the layers made of some items.
  struct Pass {
    Inputs inputs;                        ///< [width, items]
    std::vector<Eigen::MatrixXf> hidden;  ///< of each hidden layer: [units, items]
    Eigen::MatrixXf scores;               ///< [classes, items], before the softmax
  };
  Pass forward(Inputs inputs) const;

  /// slopes [classes, items]: derivative of a loss to the scores. Returns its derivative to each weight, summed over
  /// the items; squared: the sum of the squares of what each item gives. O(weights * items), less where inputs are
  /// zeros.
  Weights gradient(const Pass& pass, const Eigen::MatrixXf& slopes, bool squared = false) const;

  const Weights& weights() const { return weights_; }
  Weights& weights() { return weights_; }

 private:
  NetworkShape shape_;
  Weights weights_;
};

/// Softmax of each column.
Eigen::MatrixXf softmax(const Eigen::MatrixXf& scores);
/// Derivative of the mean cross-entropy of these labels to the scores: (softmax - one at the label) / items.
Eigen::MatrixXf cross_entropy_slopes(const Eigen::MatrixXf& scores, const std::vector<std::size_t>& labels);

/// Adam (Kingma & Ba 2015; beta 0.9 and 0.999, epsilon 1e-8). Weights that are added later begin with moments of zero.
class Adam {
 public:
  void step(Weights& weights, const Weights& gradient, float rate);
  std::uint64_t bytes() const { return bytes_of(first_) + bytes_of(second_); }
  nlohmann::json save() const;
  void load(const nlohmann::json& state);

 private:
  Weights first_, second_;
  std::uint64_t steps_ = 0;
};

}  // namespace noema::reasoning
