#include "transformer/transformer_hypotheses.h"

#include <algorithm>

#include "base/error.h"
#include "transformer/buffers.h"
#include "transformer/kernels.h"

namespace noema::transformer {
TransformerHypotheses::TransformerHypotheses(const Model& model, int slots)
    : model_(model), shape_(model.shape()), rotary_(model.context(), shape_.head_width()), slots_(size(slots)) {
  for (Slot& slot : slots_)
    for (auto* cache : {&slot.keys, &slot.values})
      cache->resize(size(shape_.layers) * size(shape_.context) * size(shape_.kv_width()));
}

/// Stores a part's keys and values in its slot, and computes the attention of its queries over the slot (attended_).
void TransformerHypotheses::attend(int layer, const Part& part) {
  const int w = shape_.width, kv = shape_.kv_width(), all = shape_.qkv_width();
  Slot& slot = slots_[size(part.slot)];
  const std::size_t cache = size(layer) * size(shape_.context) * size(kv);
  float* const qkv = qkv_.data() + size(part.first_row) * size(all);
  for (int i = 0; i < part.rows; ++i) {
    float* const row = qkv + size(i) * size(all);
    if (!shape_.learned_positions) rotary_.turn(row, slot.position + i, shape_.heads + shape_.kv_heads);
    const std::size_t at = cache + size(slot.position + i) * size(kv);
    std::copy_n(row + w, kv, slot.keys.data() + at);
    std::copy_n(row + w + kv, kv, slot.values.data() + at);
  }
  const Attention mask{part.rows,       slot.position + part.rows, shape_.heads,
                       shape_.kv_heads, shape_.head_width(),       part.prefix};
  grow(weights_, size(mask.heads) * size(mask.queries) * size(mask.keys));
  transformer::attention(attended_.data() + size(part.first_row) * size(w), weights_.data(), qkv,
                         slot.keys.data() + cache, slot.values.data() + cache, all, kv, mask);
}

void TransformerHypotheses::layer(int index, int rows, std::span<const Part> parts) {
  const auto at = shape_.layer(index);
  const float* weights = model_.weights().data();
  const int w = shape_.width;
  rms_norm(normed_.data(), nullptr, x_.data(), weights + at.norm1, rows, w);
  linear(qkv_.data(), normed_.data(), weights + at.qkv, rows, w, shape_.qkv_width());
  for (const Part& part : parts) attend(index, part);
  linear(x_.data(), attended_.data(), weights + at.out, rows, w, w, true);

  rms_norm(normed_.data(), nullptr, x_.data(), weights + at.norm2, rows, w);
  linear(gate_up_.data(), normed_.data(), weights + at.gate_up, rows, w, 2 * shape_.hidden);
  swiglu(active_.data(), gate_up_.data(), rows, shape_.hidden);
  linear(x_.data(), active_.data(), weights + at.down, rows, shape_.hidden, w, true);
}

/// Leaves the final hidden states in normed_.
void TransformerHypotheses::read(std::span<const Token> tokens, std::span<const Part> parts) {
  const std::size_t n = tokens.size(), w = size(shape_.width);
  const int rows = static_cast<int>(n);
  for (auto* buffer : {&x_, &normed_, &attended_}) grow(*buffer, n * w);
  grow(qkv_, n * size(shape_.qkv_width()));
  grow(gate_up_, n * size(2 * shape_.hidden));
  grow(active_, n * size(shape_.hidden));
  embedding(x_.data(), model_.weights().data() + shape_.embedding(), tokens, shape_.width);
  for (const Part& part : parts) {
    const int position = slots_[size(part.slot)].position;
    base::check(position + part.rows <= shape_.context, "no more tokens than the context holds");
    if (shape_.learned_positions)
      add(x_.data() + size(part.first_row) * w, model_.weights().data() + shape_.positions() + size(position) * w,
          size(part.rows) * w);
  }
  for (int i = 0; i < shape_.layers; ++i) layer(i, rows, parts);
  rms_norm(normed_.data(), nullptr, x_.data(), model_.weights().data() + shape_.final_norm(), rows, shape_.width);
  for (const Part& part : parts) slots_[size(part.slot)].position += part.rows;
}

void TransformerHypotheses::keep_hidden(int slot, int row) {
  const float* const hidden = normed_.data() + at(row, shape_.width);
  slots_[size(slot)].hidden.assign(hidden, hidden + shape_.width);
}

std::span<const float> TransformerHypotheses::predict(int first_row, int rows) {
  grow(log_probabilities_, size(rows) * size(shape_.vocabulary));
  token_log_probabilities(log_probabilities_.data(), normed_.data() + at(first_row, shape_.width),
                          model_.weights().data() + shape_.embedding(), rows, shape_.width, shape_.vocabulary);
  return std::span(log_probabilities_).first(size(rows) * size(shape_.vocabulary));
}

std::span<const float> TransformerHypotheses::begin(int slot, std::span<const Token> source) {
  slots_[size(slot)].position = 0;
  source_.assign(1, kStart);
  source_.insert(source_.end(), source.begin(), source.end());
  source_.push_back(kSeparator);
  const int rows = static_cast<int>(source_.size());
  const Part part{slot, 0, rows, model_.options().pairs == "prefix" ? rows : 0};
  read(source_, {&part, 1});
  keep_hidden(slot, rows - 1);
  return predict(rows - 1, 1);
}

std::span<const float> TransformerHypotheses::step(std::span<const int> slots, std::span<const Token> tokens) {
  parts_.clear();
  for (std::size_t i = 0; i < slots.size(); ++i) parts_.push_back({slots[i], static_cast<int>(i), 1, 0});
  read(tokens, parts_);
  for (std::size_t i = 0; i < slots.size(); ++i) keep_hidden(slots[i], static_cast<int>(i));
  return predict(0, static_cast<int>(slots.size()));
}

void TransformerHypotheses::copy(int from, int to) {
  const Slot& source = slots_[size(from)];
  Slot& target = slots_[size(to)];
  target.position = source.position;
  target.hidden = source.hidden;
  const std::size_t layer = size(shape_.context) * size(shape_.kv_width());
  const auto used = static_cast<std::ptrdiff_t>(size(source.position) * size(shape_.kv_width()));
  for (int l = 0; l < shape_.layers; ++l) {
    const auto at = static_cast<std::ptrdiff_t>(size(l) * layer);
    std::copy_n(source.keys.begin() + at, used, target.keys.begin() + at);
    std::copy_n(source.values.begin() + at, used, target.values.begin() + at);
  }
}

}  // namespace noema::transformer
