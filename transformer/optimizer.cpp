#include "transformer/optimizer.h"

#include <tbb/parallel_for.h>

#include <cmath>

#include "transformer/kernels.h"

namespace noema::transformer {

Optimizer::Optimizer(const Shape& shape, const OptimizerOptions& options, std::size_t further)
    : options_(options), m_(shape.parameters() + further), v_(shape.parameters() + further) {
  constexpr std::size_t kChunk = 65536;
  const auto add_tensor = [&](std::size_t begin, std::size_t end, bool decays, float rate = 1) {
    for (; begin < end; begin += kChunk) chunks_.push_back({begin, std::min(end, begin + kChunk), decays, rate});
  };
  add_tensor(shape.embedding(), shape.layer(0).norm1, true);
  for (int l = 0; l < shape.layers; ++l) {
    const auto at = shape.layer(l);
    add_tensor(at.norm1, at.qkv, false);
    add_tensor(at.qkv, at.norm2, true);
    add_tensor(at.norm2, at.gate_up, false);
    add_tensor(at.gate_up, shape.layer(l + 1).norm1, true);
  }
  add_tensor(shape.final_norm(), shape.parameters(), false);
  add_tensor(shape.parameters(), shape.parameters() + further, true, options.further_rate);
}

double Optimizer::step(std::vector<float>& weights, std::vector<std::vector<float>>& gradients, float learning_rate,
                       std::uint64_t step) {
  std::vector<double> squares(chunks_.size());
  tbb::parallel_for(std::size_t{0}, chunks_.size(), [&](std::size_t c) {
    const auto [begin, end, decays, rate] = chunks_[c];
    for (std::size_t shard = 1; shard < gradients.size(); ++shard)
      add(&gradients[0][begin], &gradients[shard][begin], end - begin);
    squares[c] = static_cast<double>(dot(&gradients[0][begin], &gradients[0][begin], end - begin));
  });
  double square = 0;
  for (double part : squares) square += part;
  const double norm = std::sqrt(square);

  const double t = static_cast<double>(step);
  AdamStep adam{learning_rate, options_.beta1, options_.beta2, options_.epsilon, 0, 1, 0, 0};
  if (norm > options_.largest_norm) adam.gradient_scale = static_cast<float>(options_.largest_norm / norm);
  adam.correction1 = static_cast<float>(1 - std::pow(static_cast<double>(options_.beta1), t));
  adam.correction2 = static_cast<float>(1 - std::pow(static_cast<double>(options_.beta2), t));
  tbb::parallel_for(std::size_t{0}, chunks_.size(), [&](std::size_t c) {
    const auto [begin, end, decays, rate] = chunks_[c];
    AdamStep mine = adam;
    mine.learning_rate *= rate;
    mine.weight_decay = decays ? options_.weight_decay : 0;
    adamw(&weights[begin], &m_[begin], &v_[begin], &gradients[0][begin], end - begin, mine);
  });
  return norm;
}

}  // namespace noema::transformer
