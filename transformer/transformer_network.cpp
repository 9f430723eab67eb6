#include "transformer/transformer_network.h"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "transformer/buffers.h"
#include "transformer/kernels.h"

namespace noema::transformer {
namespace {

constexpr int kMostRowsOfTask = 128;  // more rows do not make matrix products faster
constexpr int kColumnsOfTask = 512;   // of a weight gradient, computed by one task

}  // namespace

TransformerNetwork::TransformerNetwork(const Shape& shape, int sequences, int length)
    : shape_(shape),
      most_rows_(sequences * length),
      most_length_(length),
      rotary_(length, shape.head_width()),
      layers_(size(shape.layers)),
      forward_weights_(layers_.size()),
      backward_weights_(layers_.size()) {
  const std::size_t n = size(most_rows_), w = size(shape.width), h = size(shape.hidden);
  for (Layer& l : layers_) {
    for (auto* buffer : {&l.input, &l.attended, &l.middle}) buffer->resize(n * w);
    for (auto* buffer : {&l.inverse1, &l.inverse2}) buffer->resize(n);
    l.qkv.resize(n * size(shape.qkv_width()));
    l.attention_weights.resize(n * size(length) * size(shape.heads));
    l.gate_up.resize(n * 2 * h);
  }
  for (auto* buffer : {&x_, &normed1_, &normed2_, &normed_final_, &dx_, &dnormed_, &dattended_, &dattention_branch_,
                       &dfeed_forward_branch_})
    buffer->resize(n * w);
  for (auto* buffer : {&active_, &dactive_}) buffer->resize(n * h);
  inverse_final_.resize(n);
  dqkv_.resize(n * size(shape.qkv_width()));
  dgate_up_.resize(n * 2 * h);
  dscores_.resize(n * size(length));
}

void TransformerNetwork::pack(const float* weights, bool backward) {
  const int w = shape_.width, h = shape_.hidden;
  tbb::parallel_for(0, shape_.layers * 4, [&](int task) {
    const auto tensors = shape_.layer(task / 4);
    Packed& packed = (backward ? backward_weights_ : forward_weights_)[size(task / 4)];
    const auto pack = [&](PackedMatrix& matrix, std::size_t tensor, int in, int out) {
      if (backward)
        matrix.pack(out, in, {weights + tensor, out, true});
      else
        matrix.pack(in, out, {weights + tensor, out});
    };
    switch (task % 4) {
      case 0: return pack(packed.gate_up, tensors.gate_up, w, 2 * h);
      case 1: return pack(packed.qkv, tensors.qkv, w, shape_.qkv_width());
      case 2: return pack(packed.down, tensors.down, h, w);
      default: return pack(packed.out, tensors.out, w, w);
    }
  });
}

/// One group per thread, if that is not too many rows. The result does not depend on the groups: rows are independent,
/// and sums over rows are computed sequence by sequence.
int TransformerNetwork::groups(const Batch& batch) const {
  const int most = std::max(1, kMostRowsOfTask / batch.length);
  return std::min(batch.sequences,
                  std::max(tbb::this_task_arena::max_concurrency(), (batch.sequences + most - 1) / most));
}

TransformerNetwork::Group TransformerNetwork::group(const Batch& batch, int index, int of) const {
  const int first = batch.sequences * index / of, here = batch.sequences * (index + 1) / of - first;
  return {first, here, first * batch.length, here * batch.length};
}

template <typename Visit>
void TransformerNetwork::for_groups(const Batch& batch, Visit visit) const {
  const int all = groups(batch);
  tbb::parallel_for(0, all, [&](int index) { visit(group(batch, index, all)); });
}

/// Dropout, whose masks do not depend on the groups.
void TransformerNetwork::drop_out(float* x, const Group& g, const Batch& batch, const Regularisation& r,
                                  int place) const {
  const int sequence = batch.length * shape_.width;
  for (int s = 0; s < g.sequences; ++s)
    dropout(x + at(s, sequence), size(sequence), r.dropout, r.mask(place, g.first_sequence + s));
}

/// rms_norm_backward, with a separate dgain [2, width] for each sequence. which: the first or the second norm of a
/// layer.
void TransformerNetwork::norm_backward(int which, const Group& g, const Batch& batch, const std::vector<float>& x,
                                       const float* gain, const std::vector<float>& inverse) {
  const int w = shape_.width;
  for (int s = g.first_sequence; s < g.first_sequence + g.sequences; ++s) {
    float* const dgain = dgains_.data() + at(2 * s + which, w);
    const std::ptrdiff_t first = at(s * batch.length, w);
    std::fill_n(dgain, w, 0.0F);
    rms_norm_backward(dx_.data() + first, dgain, dnormed_.data() + first, x.data() + first, gain,
                      inverse.data() + s * batch.length, batch.length, w);
  }
}

Attention TransformerNetwork::attention_of(const Batch& batch, int sequence) const {
  return {batch.length,    batch.length,        shape_.heads,
          shape_.kv_heads, shape_.head_width(), batch.prefixes[size(sequence)]};
}

void TransformerNetwork::forward_layer(int index, const Group& g, const float* weights, const Batch& batch,
                                       const Regularisation& regularisation) {
  const auto tensors = shape_.layer(index);
  const int w = shape_.width, h = shape_.hidden, all = shape_.qkv_width();
  Layer& l = layers_[size(index)];
  const Packed& packed = forward_weights_[size(index)];
  const auto rows = [&](std::vector<float>& buffer, int width) { return buffer.data() + at(g.first_row, width); };
  /// Replaces y, the output of a branch, by x + dropout(y).
  const auto add_residual = [&](float* y, const float* x, int place) {
    drop_out(y, g, batch, regularisation, place);
    add(y, x, size(g.rows) * size(w));
  };
  float* const input = rows(l.input, w);
  float* const middle = rows(l.middle, w);
  float* const output = rows(index + 1 < shape_.layers ? layers_[size(index + 1)].input : x_, w);

  // Attention: middle = input + out(attention(rotary(qkv(norm(input))))).
  float* const qkv = rows(l.qkv, all);
  rms_norm(rows(normed1_, w), rows(l.inverse1, 1), input, weights + tensors.norm1, g.rows, w);
  matmul(g.rows, {rows(normed1_, w), w}, packed.qkv, qkv, all);
  for (int i = 0; i < g.rows && !shape_.learned_positions; ++i)  // queries and keys lie side by side
    rotary_.turn(qkv + at(i, all), i % batch.length, shape_.heads + shape_.kv_heads);
  for (int s = 0; s < g.sequences; ++s) {
    const float* q = qkv + at(s * batch.length, all);
    attention(
        rows(l.attended, w) + at(s * batch.length, w),
        rows(l.attention_weights, batch.length * shape_.heads) + at(s * batch.length, batch.length * shape_.heads), q,
        q + w, q + w + shape_.kv_width(), all, all, attention_of(batch, g.first_sequence + s));
  }
  matmul(g.rows, {rows(l.attended, w), w}, packed.out, middle, w);
  add_residual(middle, input, 2 * index);

  // Feed-forward: output = middle + down(swiglu(gate_up(norm(middle)))).
  rms_norm(rows(normed2_, w), rows(l.inverse2, 1), middle, weights + tensors.norm2, g.rows, w);
  matmul(g.rows, {rows(normed2_, w), w}, packed.gate_up, rows(l.gate_up, 2 * h), 2 * h);
  swiglu(rows(active_, h), rows(l.gate_up, 2 * h), g.rows, h);
  matmul(g.rows, {rows(active_, h), h}, packed.down, output, w);
  add_residual(output, middle, 2 * index + 1);
}

/// Replaces dx_, the gradient of the layer's output, by the gradient of its input. Leaves the factors that
/// weight_gradients needs in the buffers.
void TransformerNetwork::backward_layer(int index, const Group& g, const float* weights, const Batch& batch,
                                        const Regularisation& regularisation) {
  const auto tensors = shape_.layer(index);
  const int w = shape_.width, h = shape_.hidden, all = shape_.qkv_width();
  Layer& l = layers_[size(index)];
  const Packed& packed = backward_weights_[size(index)];
  const auto rows = [&](std::vector<float>& buffer, int width) { return buffer.data() + at(g.first_row, width); };
  /// The residual path passes dx_ on unchanged; the branch gets it through its dropout.
  const auto branch_gradient = [&](float* dbranch, int place) {
    std::copy_n(rows(dx_, w), at(g.rows, w), dbranch);
    drop_out(dbranch, g, batch, regularisation, place);
  };
  float* const dnormed = rows(dnormed_, w);

  // Feed-forward.
  float* const dfeed_forward = rows(dfeed_forward_branch_, w);
  branch_gradient(dfeed_forward, 2 * index + 1);
  matmul(g.rows, {dfeed_forward, w}, packed.down, rows(dactive_, h), h);
  swiglu(rows(active_, h), rows(l.gate_up, 2 * h), g.rows, h);
  swiglu_backward(rows(dgate_up_, 2 * h), rows(dactive_, h), rows(l.gate_up, 2 * h), g.rows, h);
  matmul(g.rows, {rows(dgate_up_, 2 * h), 2 * h}, packed.gate_up, dnormed, w);
  rms_norm(rows(normed2_, w), nullptr, rows(l.middle, w), weights + tensors.norm2, g.rows, w);
  norm_backward(1, g, batch, l.middle, weights + tensors.norm2, l.inverse2);

  // Attention.
  float* const dattention = rows(dattention_branch_, w);
  branch_gradient(dattention, 2 * index);
  matmul(g.rows, {dattention, w}, packed.out, rows(dattended_, w), w);
  for (int s = 0; s < g.sequences; ++s) {
    const int first = s * batch.length;
    const float* q = rows(l.qkv, all) + at(first, all);
    float* dq = rows(dqkv_, all) + at(first, all);
    attention_backward(dq, dq + w, dq + w + shape_.kv_width(), rows(dscores_, batch.length),
                       rows(dattended_, w) + at(first, w),
                       rows(l.attention_weights, batch.length * shape_.heads) + at(first, batch.length * shape_.heads),
                       q, q + w, q + w + shape_.kv_width(), all, attention_of(batch, g.first_sequence + s));
  }
  for (int i = 0; i < g.rows && !shape_.learned_positions; ++i)
    rotary_.turn(rows(dqkv_, all) + at(i, all), i % batch.length, shape_.heads + shape_.kv_heads, true);
  matmul(g.rows, {rows(dqkv_, all), all}, packed.qkv, dnormed, w);
  rms_norm(rows(normed1_, w), nullptr, rows(l.input, w), weights + tensors.norm1, g.rows, w);
  norm_backward(0, g, batch, l.input, weights + tensors.norm1, l.inverse1);
}

/// Computes the gradients of a layer's weights, after backward_layer has processed all rows.
void TransformerNetwork::weight_gradients(int index, float* gradient, const Batch& batch) {
  const auto tensors = shape_.layer(index);
  const int w = shape_.width, h = shape_.hidden, n = batch.sequences * batch.length;
  struct Product {
    std::size_t weights;
    const std::vector<float>& x;
    const std::vector<float>& dy;
    int in, out;
    int tasks() const { return (out + kColumnsOfTask - 1) / kColumnsOfTask; }
  };
  const std::array<Product, 4> products = {{{tensors.gate_up, normed2_, dgate_up_, w, 2 * h},
                                            {tensors.qkv, normed1_, dqkv_, w, shape_.qkv_width()},
                                            {tensors.down, active_, dfeed_forward_branch_, h, w},
                                            {tensors.out, layers_[size(index)].attended, dattention_branch_, w, w}}};
  int tasks = 0;
  for (const Product& p : products) tasks += p.tasks();
  tbb::parallel_for(0, tasks, [&](int task) {
    const Product* p = products.data();
    for (; task >= p->tasks(); ++p) task -= p->tasks();
    const int begin = task * kColumnsOfTask, end = std::min(p->out, begin + kColumnsOfTask);
    linear_backward_weights(gradient + p->weights, p->x.data(), p->dy.data(), n, p->in, p->out, begin, end, false);
  });
  sum_gains(gradient + tensors.norm1, 0, batch);
  sum_gains(gradient + tensors.norm2, 1, batch);
}

/// Sums the gradient of a gain over the sequences, in order.
void TransformerNetwork::sum_gains(float* dgain, int which, const Batch& batch) const {
  std::fill_n(dgain, shape_.width, 0.0F);
  for (int s = 0; s < batch.sequences; ++s)
    add(dgain, dgains_.data() + at(2 * s + which, shape_.width), size(shape_.width));
}

void TransformerNetwork::forward(const float* weights, const Batch& batch, const Regularisation& regularisation) {
  const int w = shape_.width, rows = batch.sequences * batch.length;
  base::check(rows <= most_rows_ && batch.length <= most_length_ && rows == static_cast<int>(batch.inputs.size()),
              "a batch no larger than the network was made for");
  pack(weights, false);
  for_groups(batch, [&](const Group& g) {
    float* const x = layers_[0].input.data() + at(g.first_row, w);
    embedding(x, weights + shape_.embedding(), std::span(batch.inputs).subspan(size(g.first_row), size(g.rows)), w);
    for (int s = 0; s < g.sequences && shape_.learned_positions; ++s)
      add(x + at(s * batch.length, w), weights + shape_.positions(), size(batch.length) * size(w));
    drop_out(x, g, batch, regularisation, 2 * shape_.layers);
    for (int l = 0; l < shape_.layers; ++l) forward_layer(l, g, weights, batch, regularisation);
    rms_norm(normed_final_.data() + at(g.first_row, w), inverse_final_.data() + g.first_row,
             x_.data() + at(g.first_row, w), weights + shape_.final_norm(), g.rows, w);
  });
}

double TransformerNetwork::loss(const float* weights, const Batch& batch, float* losses) {
  forward(weights, batch, {});
  return cross_entropy(losses, nullptr, nullptr, normed_final_.data(), weights + shape_.embedding(), batch.targets,
                       shape_.width, shape_.vocabulary, 1.0F, logits_);
}

double TransformerNetwork::loss_and_gradient(float* gradient, const float* weights, const Batch& batch, float scale,
                                             const Regularisation& regularisation, float* losses) {
  const int w = shape_.width;
  forward(weights, batch, regularisation);
  float* const dtable = gradient + shape_.embedding();
  std::fill_n(dtable, at(shape_.vocabulary, w), 0.0F);
  const double total = cross_entropy(losses, dnormed_.data(), dtable, normed_final_.data(),
                                     weights + shape_.embedding(), batch.targets, w, shape_.vocabulary, scale, logits_);

  dgains_.resize(std::max(dgains_.size(), size(batch.sequences) * 2 * size(w)));
  for_groups(batch, [&](const Group& g) {
    std::fill_n(dx_.data() + at(g.first_row, w), at(g.rows, w), 0.0F);
    norm_backward(0, g, batch, x_, weights + shape_.final_norm(), inverse_final_);
  });
  sum_gains(gradient + shape_.final_norm(), 0, batch);
  pack(weights, true);
  for (int l = shape_.layers - 1; l >= 0; --l) {
    for_groups(batch, [&](const Group& g) { backward_layer(l, g, weights, batch, regularisation); });
    weight_gradients(l, gradient, batch);
  }

  for_groups(batch, [&](const Group& g) {
    drop_out(dx_.data() + at(g.first_row, w), g, batch, regularisation, 2 * shape_.layers);
  });
  embedding_backward(dtable, dx_.data(), batch.inputs, w);
  if (shape_.learned_positions) {
    float* const dpositions = gradient + shape_.positions();
    std::fill_n(dpositions, at(shape_.context, w), 0.0F);
    for (int s = 0; s < batch.sequences; ++s)
      add(dpositions, dx_.data() + at(s * batch.length, w), size(batch.length) * size(w));
  }
  return total;
}

}  // namespace noema::transformer
