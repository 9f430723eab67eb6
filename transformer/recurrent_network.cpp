#include "transformer/recurrent_network.h"

#include <tbb/parallel_for.h>

#include <algorithm>

#include "base/error.h"
#include "transformer/ops.h"

namespace noema::transformer {

RecurrentNetworkShape::RecurrentNetworkShape(const ModelOptions& options, int vocabulary_size)
    : vocabulary(vocabulary_size), width(options.width) {
  const Cell cell = options.architecture == "gru" ? Cell::kGru : Cell::kLstm;
  std::size_t begin = static_cast<std::size_t>(vocabulary) * static_cast<std::size_t>(width);
  for (int d = 0; d < (options.architecture == "elmo" ? 2 : 1); ++d) {
    directions.push_back({cell, options.layers, width, begin});
    begin = directions.back().end();
  }
}

Layout RecurrentNetworkShape::layout() const {
  Layout all;
  all.matrix("embedding", vocabulary, width,
             0.4);  // with smaller values, the gates would hardly depend on the token at first
  for (std::size_t d = 0; d < directions.size(); ++d) directions[d].append(all, d == 0 ? "layer" : "backward layer");
  return all;
}

RecurrentNetwork::RecurrentNetwork(const RecurrentNetworkShape& shape, int sequences, int length) : shape_(shape) {
  for (const auto& direction : shape_.directions) stacks_.emplace_back(direction, sequences, length);
}

RecurrentStack::Pass RecurrentNetwork::pass(std::size_t direction, const float* weights, const Batch& batch,
                                            const Regularisation& regularisation) const {
  RecurrentStack::Pass made{weights,       weights + shape_.embedding(), batch.inputs, batch.sequences, batch.length,
                            regularisation};
  made.regularisation.seed += 0xa0761d6478bd642fULL * direction;
  return made;
}

double RecurrentNetwork::loss(const float* weights, const Batch& batch, float* losses) {
  stacks_[0].forward(pass(0, weights, batch, {}));
  return cross_entropy(losses, nullptr, nullptr, stacks_[0].output(), weights + shape_.embedding(), batch.targets,
                       shape_.width, shape_.vocabulary, 1.0F, logits_);
}

double RecurrentNetwork::loss_and_gradient(float* gradient, const float* weights, const Batch& batch, float scale,
                                           const Regularisation& regularisation, float* losses) {
  const int w = shape_.width;
  if (stacks_.size() > 1) reverse(reversed_, batch);
  const auto batch_of = [&](std::size_t direction) -> const Batch& { return direction == 0 ? batch : reversed_; };
  tbb::parallel_for(std::size_t{0}, stacks_.size(),
                    [&](std::size_t d) { stacks_[d].forward(pass(d, weights, batch_of(d), regularisation)); });
  float* const dtable = gradient + shape_.embedding();
  std::fill_n(dtable, static_cast<std::size_t>(shape_.vocabulary) * static_cast<std::size_t>(w), 0.0F);
  double total = 0;
  for (std::size_t d = 0; d < stacks_.size(); ++d)
    total += cross_entropy(d == 0 ? losses : nullptr, stacks_[d].output_gradient(), dtable, stacks_[d].output(),
                           weights + shape_.embedding(), batch_of(d).targets, w, shape_.vocabulary, scale, logits_);
  tbb::parallel_for(std::size_t{0}, stacks_.size(), [&](std::size_t d) {
    stacks_[d].backward(pass(d, weights, batch_of(d), regularisation), gradient);
  });
  for (std::size_t d = 0; d < stacks_.size(); ++d)
    embedding_backward(dtable, stacks_[d].output_gradient(), batch_of(d).inputs, w);
  return total;
}

void reverse(Batch& reversed, const Batch& batch) {
  const auto length = static_cast<std::size_t>(batch.length);
  reversed.sequences = batch.sequences;
  reversed.length = batch.length;
  reversed.inputs.assign(batch.inputs.size(), kPad);
  reversed.targets.assign(batch.targets.size(), -1);
  reversed.prefixes.assign(batch.prefixes.size(), 0);
  for (std::size_t first = 0; first < batch.inputs.size(); first += length) {
    std::size_t n = length;
    while (n > 0 && batch.targets[first + n - 1] < 0) --n;
    const auto token = [&](std::size_t i) {  // i from 0 to n - 1, not counting the start token
      return i + 1 < n ? batch.inputs[first + i + 1] : batch.targets[first + i];
    };
    for (std::size_t i = 0; i < n; ++i) {
      reversed.inputs[first + i] = i == 0 ? kStart : token(n - i);
      reversed.targets[first + i] = token(n - 1 - i);
    }
  }
}

}  // namespace noema::transformer
