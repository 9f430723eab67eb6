#include "transformer/inference.h"

#include <algorithm>

#include "base/error.h"
#include "transformer/buffers.h"
#include "transformer/kernels.h"

namespace noema::transformer {
Inference::Inference(const Model& model) : model_(model), rotary_(model.context(), model.shape().head_width()) {
  const Shape& shape = model.shape();
  keys_.assign(size(shape.layers), std::vector<float>(size(shape.context) * size(shape.kv_width())));
  values_ = keys_;
}

void Inference::layer(int index, int rows, int prefix) {
  const Shape& shape = model_.shape();
  const auto at = shape.layer(index);
  const float* weights = model_.weights().data();
  const int w = shape.width, kv = shape.kv_width(), qkv_width = shape.qkv_width();
  auto& keys = keys_[size(index)];
  auto& values = values_[size(index)];

  rms_norm(normed_.data(), nullptr, x_.data(), weights + at.norm1, rows, w);
  linear(qkv_.data(), normed_.data(), weights + at.qkv, rows, w, qkv_width);
  for (int i = 0; i < rows; ++i) {
    float* row = qkv_.data() + size(i) * size(qkv_width);
    if (!shape.learned_positions) rotary_.turn(row, position_ + i, shape.heads + shape.kv_heads);
    std::copy_n(row + w, kv, keys.data() + size(position_ + i) * size(kv));
    std::copy_n(row + w + kv, kv, values.data() + size(position_ + i) * size(kv));
  }
  const Attention mask{rows, position_ + rows, shape.heads, shape.kv_heads, shape.head_width(), prefix};
  attention(attended_.data(), weights_.data(), qkv_.data(), keys.data(), values.data(), qkv_width, kv, mask);
  if (index == kept_layer_)
    kept_.assign(weights_.begin(), weights_.begin() + static_cast<std::ptrdiff_t>(rows * mask.keys * shape.heads));
  linear(x_.data(), attended_.data(), weights + at.out, rows, w, w, true);

  rms_norm(normed_.data(), nullptr, x_.data(), weights + at.norm2, rows, w);
  linear(gate_up_.data(), normed_.data(), weights + at.gate_up, rows, w, 2 * shape.hidden);
  swiglu(active_.data(), gate_up_.data(), rows, shape.hidden);
  linear(x_.data(), active_.data(), weights + at.down, rows, shape.hidden, w, true);
}

std::span<const float> Inference::append(std::span<const Token> tokens, int prefix) {
  const Shape& shape = model_.shape();
  const int rows = static_cast<int>(tokens.size()), w = shape.width;
  base::check(position_ + rows <= shape.context, "no more tokens than the context holds");
  const std::size_t n = tokens.size();
  for (auto* buffer : {&x_, &normed_, &attended_}) grow(*buffer, n * size(w));
  grow(qkv_, n * size(shape.qkv_width()));
  grow(weights_, n * size(position_ + rows) * size(shape.heads));
  grow(gate_up_, n * size(2 * shape.hidden));
  grow(active_, n * size(shape.hidden));

  embedding(x_.data(), model_.weights().data() + shape.embedding(), tokens, w);
  if (shape.learned_positions)
    add(x_.data(), model_.weights().data() + shape.positions() + size(position_) * size(w), n * size(w));
  for (int i = 0; i < shape.layers; ++i) layer(i, rows, prefix);
  rms_norm(normed_.data(), nullptr, x_.data(), model_.weights().data() + shape.final_norm(), rows, w);
  position_ += rows;
  return {normed_.data(), n * size(w)};
}

}  // namespace noema::transformer
