#include "transformer/optimizer.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>

#include "transformer/kernels.h"

namespace noema::transformer {

Optimizer::Optimizer(const Layout& layout, const OptimizerOptions& options, std::size_t further)
    : options_(options), m_(layout.parameters() + further), v_(layout.parameters() + further) {
  constexpr std::size_t kChunk = 65536;
  const auto add_tensor = [&](std::size_t begin, std::size_t end, bool decays, float rate = 1) {
    for (; begin < end; begin += kChunk) chunks_.push_back({begin, std::min(end, begin + kChunk), decays, rate});
  };
  for (const Tensor& tensor : layout.tensors()) add_tensor(tensor.begin, tensor.end(), tensor.decays());
  add_tensor(layout.parameters(), layout.parameters() + further, true, options.further_rate);
  squares_.resize(chunks_.size());
}

double Optimizer::step(std::vector<float>& weights, std::span<std::vector<float>> gradients, float learning_rate,
                       std::uint64_t step) {
  const auto for_each_chunk = [&](const auto& visit) {
    tbb::task_group_context whole(tbb::task_group_context::isolated);
    tbb::parallel_for(std::size_t{0}, chunks_.size(), visit, whole);
  };
  for_each_chunk([&](std::size_t c) {
    const auto [begin, end, decays, rate] = chunks_[c];
    for (std::size_t shard = 1; shard < gradients.size(); ++shard)
      add(&gradients[0][begin], &gradients[shard][begin], end - begin);
    squares_[c] = static_cast<double>(dot(&gradients[0][begin], &gradients[0][begin], end - begin));
  });
  double square = 0;
  for (double part : squares_) square += part;
  const double norm = std::sqrt(square);
  if (!std::isfinite(norm)) return norm;

  const double t = static_cast<double>(step);
  AdamStep adam{learning_rate, options_.beta1, options_.beta2, options_.epsilon, 0, 1, 0, 0};
  if (norm > options_.largest_norm) adam.gradient_scale = static_cast<float>(options_.largest_norm / norm);
  adam.correction1 = static_cast<float>(1 - std::pow(static_cast<double>(options_.beta1), t));
  adam.correction2 = static_cast<float>(1 - std::pow(static_cast<double>(options_.beta2), t));
  for_each_chunk([&](std::size_t c) {
    const auto [begin, end, decays, rate] = chunks_[c];
    AdamStep mine = adam;
    mine.learning_rate *= rate;
    mine.weight_decay = decays ? options_.weight_decay : 0;
    adamw(&weights[begin], &m_[begin], &v_[begin], &gradients[0][begin], end - begin, mine);
  });
  return norm;
}

}  // namespace noema::transformer
