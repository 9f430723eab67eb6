#pragma once
// AdamW over all weights, with gradient clipping. Chunks of the weights are updated in parallel; sums are computed in a
// fixed order, so the bits do not depend on the number of threads.

#include <span>
#include <vector>

#include "transformer/layout.h"

namespace noema::transformer {

struct OptimizerOptions {
  float beta1 = 0.9F, beta2 = 0.98F;
  float epsilon = 1e-8F;
  float weight_decay = 0.1F;  // applied to matrices, not to gains
  float largest_norm = 1.0F;  // gradients with a larger norm are scaled down to it
  float further_rate = 1.0F;  // learning rate of further parameters, relative to that of the layout's parameters
};

class Optimizer {
 public:
  /// further: number of parameters after those of the layout; they belong to matrices.
  Optimizer(const Layout& layout, const OptimizerOptions& options, std::size_t further = 0);

  /// Takes one step. gradients: one or several buffers, each as long as the weights; they are summed into the first.
  /// Returns the norm of the summed gradient before clipping; if that is not finite, weights and state do not change.
  /// step counts from 1. A step is atomic: cancelling the surrounding work does not interrupt it.
  double step(std::vector<float>& weights, std::span<std::vector<float>> gradients, float learning_rate,
              std::uint64_t step);

  /// State that a checkpoint holds, each as long as the weights.
  const std::vector<float>& first_moments() const { return m_; }
  const std::vector<float>& second_moments() const { return v_; }
  void restore(std::vector<float> first_moments, std::vector<float> second_moments) {
    m_ = std::move(first_moments);
    v_ = std::move(second_moments);
  }

 private:
  struct Chunk {
    std::size_t begin, end;
    bool decays;
    float rate;  // relative to the learning rate
  };
  OptimizerOptions options_;
  std::vector<Chunk> chunks_;
  std::vector<double> squares_;  // squared norm of each chunk's gradient
  std::vector<float> m_, v_;
};

}  // namespace noema::transformer
