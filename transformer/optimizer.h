#pragma once
// AdamW over all weights, with the gradient's norm clipped. Works in parallel chunk by chunk; sums are taken in a fixed
// order, so the bits do not depend on the number of threads.

#include <span>
#include <vector>

#include "transformer/layout.h"

namespace noema::transformer {

struct OptimizerOptions {
  float beta1 = 0.9F, beta2 = 0.98F;
  float epsilon = 1e-8F;
  float weight_decay = 0.1F;  // of matrices; gains are not decayed
  float largest_norm = 1.0F;  // gradients longer than this are shortened to it
  float further_rate = 1.0F;  // of further parameters, relative to that of the layout's
};

class Optimizer {
 public:
  /// further: parameters that stand behind the layout's, matrices all.
  Optimizer(const Layout& layout, const OptimizerOptions& options, std::size_t further = 0);

  /// One step. gradients: one buffer or several, each as long as the weights; they are summed into the first. Returns
  /// the norm of the summed gradient before clipping; if that is not finite, weights and state stay as they are. step
  /// counts from 1. A step is whole: cancelling the work around it does not cut it short.
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
    float rate;  // relative
  };
  OptimizerOptions options_;
  std::vector<Chunk> chunks_;
  std::vector<double> squares_;  // of each chunk's gradient
  std::vector<float> m_, v_;
};

}  // namespace noema::transformer
