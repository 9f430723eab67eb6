#include "transformer/network.h"

#include <algorithm>

#include "base/error.h"
#include "transformer/kernels.h"

namespace noema::transformer {
namespace {

std::size_t size(int n) { return static_cast<std::size_t>(n); }

/// Every dropout of a step has its own masks: two a layer and one of the embedding.
std::uint64_t mask_seed(const Regularisation& r, int place) {
  return r.seed + 0x9e3779b97f4a7c15ULL * static_cast<std::uint64_t>(place + 1);
}

}  // namespace

Network::Network(const Shape& shape, int sequences, int length)
    : shape_(shape), rows_(sequences * length), rotary_(length, shape.head_width()), layers_(size(shape.layers)) {
  const std::size_t n = size(rows_), w = size(shape.width), h = size(shape.hidden);
  for (Layer& layer : layers_) {
    for (auto* buffer : {&layer.input, &layer.normed1, &layer.attended, &layer.middle, &layer.normed2})
      buffer->resize(n * w);
    for (auto* buffer : {&layer.inverse1, &layer.inverse2}) buffer->resize(n);
    layer.qkv.resize(n * 3 * w);
    layer.attention_weights.resize(n * size(length) * size(shape.heads));
    layer.gate_up.resize(n * 2 * h);
    layer.active.resize(n * h);
  }
  for (auto* buffer : {&x_, &branch_, &normed_final_, &dx_, &dbranch_, &dnormed_, &dattended_}) buffer->resize(n * w);
  inverse_final_.resize(n);
  dqkv_.resize(n * 3 * w);
  dgate_up_.resize(n * 2 * h);
  dactive_.resize(n * h);
  dscores_.resize(size(length) * size(length));
}

Attention Network::attention_of(const Batch& batch, int sequence) const {
  return {batch.length, batch.length, shape_.heads, shape_.head_width(), batch.prefixes[size(sequence)]};
}

void Network::forward_layer(int index, const float* weights, const Batch& batch, const Regularisation& regularisation) {
  const auto at = shape_.layer(index);
  const int w = shape_.width, length = batch.length;
  Layer& l = layers_[size(index)];

  // Attention: x += out(attention(rotary(qkv(norm(x))))).
  l.input = x_;
  rms_norm(l.normed1.data(), l.inverse1.data(), x_.data(), weights + at.norm1, rows_, w);
  linear(l.qkv.data(), l.normed1.data(), weights + at.qkv, rows_, w, 3 * w);
  for (int i = 0; i < rows_; ++i)  // queries and keys lie side by side: 2 heads of them
    rotary_.turn(l.qkv.data() + size(i) * size(3 * w), i % length, 2 * shape_.heads);
  for (int s = 0; s < batch.sequences; ++s) {
    const float* q = l.qkv.data() + size(s * length) * size(3 * w);
    float* kept = l.attention_weights.data() + size(s * length) * size(length) * size(shape_.heads);
    attention(l.attended.data() + size(s * length) * size(w), kept, q, q + w, q + 2 * w, 3 * w, 3 * w,
              attention_of(batch, s));
  }
  linear(branch_.data(), l.attended.data(), weights + at.out, rows_, w, w);
  dropout(branch_.data(), branch_.size(), regularisation.dropout, mask_seed(regularisation, 2 * index));
  add(x_.data(), branch_.data(), x_.size());

  // Feed-forward: x += down(swiglu(gate_up(norm(x)))).
  l.middle = x_;
  rms_norm(l.normed2.data(), l.inverse2.data(), x_.data(), weights + at.norm2, rows_, w);
  linear(l.gate_up.data(), l.normed2.data(), weights + at.gate_up, rows_, w, 2 * shape_.hidden);
  swiglu(l.active.data(), l.gate_up.data(), rows_, shape_.hidden);
  linear(branch_.data(), l.active.data(), weights + at.down, rows_, shape_.hidden, w);
  dropout(branch_.data(), branch_.size(), regularisation.dropout, mask_seed(regularisation, 2 * index + 1));
  add(x_.data(), branch_.data(), x_.size());
}

/// dx_ holds the gradient of the layer's output and becomes that of its input.
void Network::backward_layer(int index, float* gradient, const float* weights, const Batch& batch,
                             const Regularisation& regularisation) {
  const auto at = shape_.layer(index);
  const int w = shape_.width, h = shape_.hidden, length = batch.length;
  Layer& l = layers_[size(index)];

  // Feed-forward. The residual path passes dx_ through unchanged; the branch adds to it.
  dbranch_ = dx_;
  dropout(dbranch_.data(), dbranch_.size(), regularisation.dropout, mask_seed(regularisation, 2 * index + 1));
  linear_backward(dactive_.data(), gradient + at.down, dbranch_.data(), l.active.data(), weights + at.down, rows_, h,
                  w);
  swiglu_backward(dgate_up_.data(), dactive_.data(), l.gate_up.data(), rows_, h);
  linear_backward(dnormed_.data(), gradient + at.gate_up, dgate_up_.data(), l.normed2.data(), weights + at.gate_up,
                  rows_, w, 2 * h);
  rms_norm_backward(dx_.data(), gradient + at.norm2, dnormed_.data(), l.middle.data(), weights + at.norm2,
                    l.inverse2.data(), rows_, w);

  // Attention.
  dbranch_ = dx_;
  dropout(dbranch_.data(), dbranch_.size(), regularisation.dropout, mask_seed(regularisation, 2 * index));
  linear_backward(dattended_.data(), gradient + at.out, dbranch_.data(), l.attended.data(), weights + at.out, rows_, w,
                  w);
  for (int s = 0; s < batch.sequences; ++s) {
    const std::size_t first = size(s * length);
    const float* q = l.qkv.data() + first * size(3 * w);
    float* dq = dqkv_.data() + first * size(3 * w);
    attention_backward(dq, dq + w, dq + 2 * w, dscores_.data(), dattended_.data() + first * size(w),
                       l.attention_weights.data() + first * size(length) * size(shape_.heads), q, q + w, q + 2 * w,
                       3 * w, attention_of(batch, s));
  }
  for (int i = 0; i < rows_; ++i)
    rotary_.turn(dqkv_.data() + size(i) * size(3 * w), i % length, 2 * shape_.heads, true);
  linear_backward(dnormed_.data(), gradient + at.qkv, dqkv_.data(), l.normed1.data(), weights + at.qkv, rows_, w,
                  3 * w);
  rms_norm_backward(dx_.data(), gradient + at.norm1, dnormed_.data(), l.input.data(), weights + at.norm1,
                    l.inverse1.data(), rows_, w);
}

void Network::forward(const float* weights, const Batch& batch, const Regularisation& regularisation) {
  base::check(batch.sequences * batch.length == rows_, "a batch as large as the network was made for");
  embedding(x_.data(), weights + shape_.embedding(), batch.inputs, shape_.width);
  dropout(x_.data(), x_.size(), regularisation.dropout, mask_seed(regularisation, 2 * shape_.layers));
  for (int i = 0; i < shape_.layers; ++i) forward_layer(i, weights, batch, regularisation);
  rms_norm(normed_final_.data(), inverse_final_.data(), x_.data(), weights + shape_.final_norm(), rows_, shape_.width);
}

double Network::loss(const float* weights, const Batch& batch, float* losses) {
  forward(weights, batch, {});
  return cross_entropy(losses, nullptr, nullptr, normed_final_.data(), weights + shape_.embedding(), batch.targets,
                       shape_.width, shape_.vocabulary, 1.0F, logits_);
}

double Network::loss_and_gradient(float* gradient, const float* weights, const Batch& batch, float scale,
                                  const Regularisation& regularisation, float* losses) {
  forward(weights, batch, regularisation);
  const double total =
      cross_entropy(losses, dnormed_.data(), gradient + shape_.embedding(), normed_final_.data(),
                    weights + shape_.embedding(), batch.targets, shape_.width, shape_.vocabulary, scale, logits_);
  std::fill(dx_.begin(), dx_.end(), 0.0F);
  rms_norm_backward(dx_.data(), gradient + shape_.final_norm(), dnormed_.data(), x_.data(),
                    weights + shape_.final_norm(), inverse_final_.data(), rows_, shape_.width);
  for (int i = shape_.layers - 1; i >= 0; --i) backward_layer(i, gradient, weights, batch, regularisation);
  dropout(dx_.data(), dx_.size(), regularisation.dropout, mask_seed(regularisation, 2 * shape_.layers));
  embedding_backward(gradient + shape_.embedding(), dx_.data(), batch.inputs, shape_.width);
  return total;
}

}  // namespace noema::transformer
