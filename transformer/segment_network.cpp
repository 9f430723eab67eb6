#include "transformer/segment_network.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "transformer/buffers.h"
#include "transformer/kernels.h"

namespace noema::transformer {
namespace {

void linear_backward(float* dx, float* dw, const float* dy, const float* x, const float* w, int rows, int in, int out,
                     bool add) {
  linear_backward_input(dx, dy, w, rows, in, out);
  linear_backward_weights(dw, x, dy, rows, in, out, 0, out, add);
}

}  // namespace

SegmentNetwork::SegmentNetwork(const Shape& shape, int begin_end, int known)
    : shape_(shape),
      begins_(begin_end - kSpecials),
      known_(known),
      rotary_(shape.context, shape.head_width()),
      layers_(size(shape.layers)) {
  const std::size_t n = size(shape.context), w = size(shape.width), h = size(shape.hidden);
  for (Layer& l : layers_) {
    for (auto* buffer : {&l.input, &l.normed1, &l.queries, &l.attended, &l.middle, &l.normed2}) buffer->resize(n * w);
    for (auto* buffer : {&l.keys, &l.values}) buffer->resize(n * size(shape.kv_width()));
    for (auto* buffer : {&l.inverse1, &l.inverse2}) buffer->resize(n);
    l.gate_up.resize(n * 2 * h);
    l.active.resize(n * h);
  }
  for (auto* buffer : {&final_input_, &hidden_, &x_, &dx_, &dnormed_, &dattended_}) buffer->resize(n * w);
  if (known_ > 0) {
    known_rows_.resize(n * size(known_));
    projected_.resize(n * w);
    gates_.resize(n);
  }
  for (auto* buffer : {&qkv_, &dqkv_}) buffer->resize(n * size(shape.qkv_width()));
  for (auto* buffer : {&inverse_final_, &normalisers_, &log_begins_}) buffer->resize(n);
  scores_.resize(n * n * size(shape.heads));
  dscores_.resize(n * n);
  dgate_up_.resize(n * 2 * h);
  dactive_.resize(n * h);
  targets_.resize(n);
  tokens_.reserve(n);
}

void SegmentNetwork::clear() {
  tokens_.clear();
  past_ = rows_ = 0;
}

void SegmentNetwork::forward_layer(int index, const float* weights, int n) {
  const auto tensors = shape_.layer(index);
  const int w = shape_.width, kv = shape_.kv_width(), all = shape_.qkv_width(), h = shape_.hidden;
  const int position = past_ + rows_;
  Layer& l = layers_[size(index)];
  const auto row = [&](std::vector<float>& buffer, int width) { return buffer.data() + at(rows_, width); };

  std::copy_n(x_.data(), at(n, w), row(l.input, w));
  rms_norm(row(l.normed1, w), row(l.inverse1, 1), x_.data(), weights + tensors.norm1, n, w);
  linear(qkv_.data(), row(l.normed1, w), weights + tensors.qkv, n, w, all);
  for (int i = 0; i < n; ++i) {
    float* qkv = qkv_.data() + at(i, all);
    if (!shape_.learned_positions) rotary_.turn(qkv, position + i, shape_.heads + shape_.kv_heads);
    std::copy_n(qkv, w, row(l.queries, w) + at(i, w));
    std::copy_n(qkv + w, kv, l.keys.data() + at(position + i, kv));
    std::copy_n(qkv + w + kv, kv, l.values.data() + at(position + i, kv));
  }
  attention(row(l.attended, w), scores_.data(), qkv_.data(), l.keys.data(), l.values.data(), all, kv,
            {n, position + n, shape_.heads, shape_.kv_heads, shape_.head_width(), 0});
  linear(x_.data(), row(l.attended, w), weights + tensors.out, n, w, w, true);

  std::copy_n(x_.data(), at(n, w), row(l.middle, w));
  rms_norm(row(l.normed2, w), row(l.inverse2, 1), x_.data(), weights + tensors.norm2, n, w);
  linear(row(l.gate_up, 2 * h), row(l.normed2, w), weights + tensors.gate_up, n, w, 2 * h);
  swiglu(row(l.active, h), row(l.gate_up, 2 * h), n, h);
  linear(x_.data(), row(l.active, h), weights + tensors.down, n, h, w, true);
}

/// The adapter's tensors, which stand behind the model's parameters.
struct SegmentNetwork::Adapter {
  const float *in, *gate, *bias;
};

SegmentNetwork::Adapter SegmentNetwork::adapter_in(const float* weights) const {
  const float* in = weights + shape_.parameters();
  return {in, in + at(known_, shape_.width), in + at(known_ + 1, shape_.width)};
}

/// Adds what is known of the n tokens that follow the segment's rows to x_.
void SegmentNetwork::add_known(const float* weights, std::span<const Token> tokens, std::span<const float> known) {
  const int n = static_cast<int>(tokens.size()), w = shape_.width;
  const Adapter adapter = adapter_in(weights);
  std::copy(known.begin(), known.end(), known_rows_.begin() + at(rows_, known_));
  float* projected = projected_.data() + at(rows_, w);
  matmul(n, w, known_, {known.data(), known_}, {adapter.in, w}, 0.0F, projected, w);
  for (int i = 0; i < n; ++i) {
    const float* embedded = weights + shape_.embedding() + at(tokens[size(i)], w);
    const float gate = 1 / (1 + std::exp(-dot(adapter.gate, embedded, size(w)) - *adapter.bias));
    gates_[size(rows_ + i)] = gate;
    for (int k = 0; k < w; ++k) x_[size(i * w + k)] += gate * projected[at(i, w) + k];
  }
}

/// Adds the gradient of the adapter and of the embeddings that its gates read; dx_ is that of what the layers give.
void SegmentNetwork::known_backward(float* gradient, const float* weights, bool add) {
  const int w = shape_.width;
  const Adapter adapter = adapter_in(weights);
  float* din = gradient + shape_.parameters();
  float* dgate = din + at(known_, w);
  float* dbias = dgate + w;
  if (!add) std::fill(dgate, dbias + 1, 0.0F);
  for (int i = 0; i < rows_; ++i) {
    const std::ptrdiff_t token = at(tokens_[size(past_ + i)], w);
    const float* dx = dx_.data() + at(i, w);
    const float gate = gates_[size(i)];
    const float dlogit = dot(dx, projected_.data() + at(i, w), size(w)) * gate * (1 - gate);
    *dbias += dlogit;
    const float* embedded = weights + shape_.embedding() + token;
    float* dembedded = gradient + shape_.embedding() + token;
    for (int k = 0; k < w; ++k) {
      dgate[k] += dlogit * embedded[k];
      dembedded[k] += dlogit * adapter.gate[k];
      dnormed_[size(i * w + k)] = gate * dx[k];
    }
  }
  matmul(known_, w, rows_, {known_rows_.data(), known_, true}, {dnormed_.data(), w}, add ? 1.0F : 0.0F, din, w);
}

void SegmentNetwork::append(const float* weights, int composites, std::span<const Token> tokens, bool predict_them,
                            std::span<const float> known) {
  const int n = static_cast<int>(tokens.size()), w = shape_.width;
  base::check(position() + n <= shape_.context, "no more tokens than the context holds");
  base::check(known.size() == tokens.size() * size(known_), "of every token as much is known");
  base::check(rows_ == 0 || composites == composites_, "a segment is read with one set of composites");
  composites_ = composites;
  embedding(x_.data(), weights + shape_.embedding(), tokens, w);
  if (shape_.learned_positions) add(x_.data(), weights + shape_.positions() + at(position(), w), size(n) * size(w));
  for (int i = 0; i < shape_.layers; ++i) forward_layer(i, weights, n);
  if (known_ > 0) add_known(weights, tokens, known);
  std::copy_n(x_.data(), at(n, w), final_input_.data() + at(rows_, w));
  rms_norm(hidden_.data() + at(rows_, w), inverse_final_.data() + rows_, x_.data(), weights + shape_.final_norm(), n,
           w);
  if (predict_them) predict(weights, n);
  std::fill_n(targets_.begin() + rows_, n, -1);
  tokens_.insert(tokens_.end(), tokens.begin(), tokens.end());
  rows_ += n;
}

/// Computes the logits of the n rows that follow the segment's.
void SegmentNetwork::predict(const float* weights, int n) {
  const int w = shape_.width, tokens = shape_.vocabulary - kSpecials, classes = tokens + composites_;
  if (logits_.size() < size(rows_ + n) * size(classes)) logits_.resize(size(rows_ + n) * size(classes));
  const float* hidden = hidden_.data() + at(rows_, w);
  float* first = logits_.data() + at(rows_, classes);
  const float* table = weights + shape_.embedding() + at(kSpecials, w);
  matmul(n, tokens, w, {hidden, w}, {table, w, true}, 0.0F, first, classes);
  if (composites_ > 0)
    matmul(n, composites_, w, {hidden, w}, {weights + begin_of_composites(), w, true}, 0.0F, first + tokens, classes);
  for (int i = 0; i < n; ++i) {
    const float* row = first + at(i, classes);
    const float all = log_sum_exp(row, size(classes));
    float begin = log_sum_exp(row, size(begins_)) - all;
    if (composites_ > 0) {
      const float composed = log_sum_exp(row + tokens, size(composites_)) - all;
      begin = std::log(std::exp(begin) + std::exp(composed));
    }
    normalisers_[size(rows_ + i)] = all;
    log_begins_[size(rows_ + i)] = begin;
  }
}

Prediction SegmentNetwork::prediction(int row) const {
  const int tokens = shape_.vocabulary - kSpecials, classes = tokens + composites_;
  return {std::span(hidden_).subspan(size(row) * size(shape_.width), size(shape_.width)),
          std::span(logits_).subspan(size(row) * size(classes), size(classes)), tokens, normalisers_[size(row)],
          log_begins_[size(row)]};
}

/// Replaces the logits by the gradient of scale * loss with respect to them, which is p - one hot. Where a composite
/// occurs, the gradient is the average of those of the two segmentations, weighted by their posterior probabilities.
double SegmentNetwork::differentiate_predictions(float scale, std::span<const Occurrence> occurrences) {
  const int tokens = shape_.vocabulary - kSpecials, classes = tokens + composites_;
  double loss = 0;
  for (int i = 0; i < rows_; ++i)
    if (targets_[size(i)] >= 0) loss -= prediction(i).log_probability(targets_[size(i)]);
  const Occurrence* next = occurrences.data();
  const Occurrence* const end = next + occurrences.size();
  int inside = 0;           // remaining rows of the occurrence
  float spelled = 1;        // posterior of the tokens one by one, in the occurrence
  float boundary_free = 0;  // posterior of the composite that ended in the row before
  for (int i = 0; i < rows_; ++i) {
    float* row = logits_.data() + at(i, classes);
    const Token target = targets_[size(i)];
    if (target < 0) {
      std::fill_n(row, classes, 0.0F);
      continue;
    }
    int composite = -1;
    const float free = inside == 0 ? boundary_free : 0.0F;
    if (inside == 0) spelled = 1, boundary_free = 0;
    if (next != end && next->row == i) {
      composite = next->composite;
      inside = next->rows;
      double by_tokens = 0;
      for (int j = 0; j < inside; ++j) by_tokens += prediction(i + j).log_probability(targets_[size(i + j)]);
      const double boundary = double{log_begins_[size(i + inside)]};
      const double by_composite = prediction(i).log_composite(composite);
      const double larger = std::max(by_tokens + boundary, by_composite);
      const double smaller = std::min(by_tokens + boundary, by_composite);
      loss += by_tokens + boundary - larger - std::log1p(std::exp(smaller - larger));
      boundary_free = static_cast<float>(1 / (1 + std::exp(by_tokens + boundary - by_composite)));
      spelled = 1 - boundary_free;
      ++next;
    }
    softmax(row, size(classes), 1.0F);
    const float whole = scale * (composite >= 0 ? 1.0F : spelled);
    if (free == 0.0F) {
      multiply(row, size(classes), whole);
    } else {  // + free * d ln P(begin)
      const float begins = scale * free * (std::exp(-log_begins_[size(i)]) - 1);
      multiply(row, size(begins_), whole + begins);
      multiply(row + begins_, size(tokens - begins_), whole - scale * free);
      multiply(row + tokens, size(composites_), whole + begins);
    }
    row[target - kSpecials] -= scale * spelled;
    if (composite >= 0) row[tokens + composite] -= scale * boundary_free;
    inside = std::max(0, inside - 1);
  }
  return loss;
}

double SegmentNetwork::backward(float* gradient, const float* weights, float scale, bool add,
                                std::span<const Occurrence> occurrences) {
  const int w = shape_.width, tokens = shape_.vocabulary - kSpecials, classes = tokens + composites_;
  const float beta = add ? 1.0F : 0.0F;
  const double loss = differentiate_predictions(scale, occurrences);

  const float* dlogits = logits_.data();
  float* dtable = gradient + shape_.embedding();
  if (!add) {
    std::fill_n(dtable, at(kSpecials, w), 0.0F);
    std::fill_n(gradient + shape_.final_norm(), w, 0.0F);
  }
  matmul(tokens, w, rows_, {dlogits, classes, true}, {hidden_.data(), w}, beta, dtable + at(kSpecials, w), w);
  matmul(rows_, w, tokens, {dlogits, classes}, {weights + shape_.embedding() + at(kSpecials, w), w}, 0.0F,
         dnormed_.data(), w);
  if (composites_ > 0) {
    const std::size_t own = begin_of_composites();
    matmul(composites_, w, rows_, {dlogits + tokens, classes, true}, {hidden_.data(), w}, beta, gradient + own, w);
    matmul(rows_, w, composites_, {dlogits + tokens, classes}, {weights + own, w}, 1.0F, dnormed_.data(), w);
  }
  std::fill_n(dx_.data(), at(rows_, w), 0.0F);
  rms_norm_backward(dx_.data(), gradient + shape_.final_norm(), dnormed_.data(), final_input_.data(),
                    weights + shape_.final_norm(), inverse_final_.data(), rows_, w);
  if (known_ > 0) known_backward(gradient, weights, add);
  for (int i = shape_.layers - 1; i >= 0; --i) backward_layer(i, gradient, weights, add);
  if (shape_.learned_positions) {
    float* dpositions = gradient + shape_.positions();
    if (!add) std::fill_n(dpositions, at(shape_.context, w), 0.0F);
    transformer::add(dpositions + at(past_, w), dx_.data(), size(rows_) * size(w));
  }
  embedding_backward(dtable, dx_.data(), std::span(tokens_).subspan(size(past_)), w);
  return loss;
}

/// Replaces dx_, the gradient of the layer's output, by the gradient of its input.
void SegmentNetwork::backward_layer(int index, float* gradient, const float* weights, bool add) {
  const auto tensors = shape_.layer(index);
  const int w = shape_.width, h = shape_.hidden, all = shape_.qkv_width();
  Layer& l = layers_[size(index)];
  if (!add)
    for (std::size_t gain : {tensors.norm1, tensors.norm2}) std::fill_n(gradient + gain, w, 0.0F);

  linear_backward(dactive_.data(), gradient + tensors.down, dx_.data(), l.active.data(), weights + tensors.down, rows_,
                  h, w, add);
  swiglu_backward(dgate_up_.data(), dactive_.data(), l.gate_up.data(), rows_, h);
  linear_backward(dnormed_.data(), gradient + tensors.gate_up, dgate_up_.data(), l.normed2.data(),
                  weights + tensors.gate_up, rows_, w, 2 * h, add);
  rms_norm_backward(dx_.data(), gradient + tensors.norm2, dnormed_.data(), l.middle.data(), weights + tensors.norm2,
                    l.inverse2.data(), rows_, w);

  linear_backward(dattended_.data(), gradient + tensors.out, dx_.data(), l.attended.data(), weights + tensors.out,
                  rows_, w, w, add);
  attention_backward(l);
  for (int i = 0; i < rows_ && !shape_.learned_positions; ++i)
    rotary_.turn(dqkv_.data() + at(i, all), past_ + i, shape_.heads + shape_.kv_heads, true);
  linear_backward(dnormed_.data(), gradient + tensors.qkv, dqkv_.data(), l.normed1.data(), weights + tensors.qkv, rows_,
                  w, all, add);
  rms_norm_backward(dx_.data(), gradient + tensors.norm1, dnormed_.data(), l.input.data(), weights + tensors.norm1,
                    l.inverse1.data(), rows_, w);
}

/// Like attention_backward in ops.h, but for fewer queries than keys: the keys before the segment get no gradient. The
/// attention weights are computed again, because a segment may have been read in pieces.
void SegmentNetwork::attention_backward(Layer& l) {
  const int w = shape_.width, kv = shape_.kv_width(), all = shape_.qkv_width(), d = shape_.head_width();
  const Attention a{rows_, past_ + rows_, shape_.heads, shape_.kv_heads, d, 0};
  const int keys = a.keys;
  const float scale = 1.0F / std::sqrt(static_cast<float>(d));
  for (int head = 0; head < a.heads; ++head) {
    const float beta = a.first_of_group(head) ? 0.0F : 1.0F;
    const float* q = l.queries.data() + at(head, d);
    const float* k = l.keys.data() + at(a.kv_head(head), d);
    const float* v = l.values.data() + at(a.kv_head(head), d);
    const float* dout = dattended_.data() + at(head, d);
    float* dq = dqkv_.data() + at(head, d);
    float* dk = dqkv_.data() + w + at(a.kv_head(head), d);
    float* dv = dk + kv;
    float* p = scores_.data();
    matmul(rows_, keys, d, {q, w}, {k, kv, true}, 0.0F, p, keys);
    for (int i = 0; i < rows_; ++i) {
      softmax(p + at(i, keys), size(a.visible(i)), scale);
      std::fill(p + at(i, keys) + a.visible(i), p + at(i + 1, keys), 0.0F);
    }
    float* ds = dscores_.data();
    matmul(rows_, keys, d, {dout, w}, {v, kv, true}, 0.0F, ds, keys);
    matmul(rows_, d, rows_, {p + past_, keys, true}, {dout, w}, beta, dv, all);
    for (int i = 0; i < rows_; ++i)
      softmax_row_backward(ds + at(i, keys), p + at(i, keys), ds + at(i, keys), size(keys), scale);
    matmul(rows_, d, keys, {ds, keys}, {k, kv}, 0.0F, dq, all);
    matmul(rows_, d, rows_, {ds + past_, keys, true}, {q, w}, beta, dk, all);
  }
}

std::size_t SegmentNetwork::bytes() const {
  std::size_t floats = 0;
  for (const Layer& l : layers_)
    for (const auto* buffer : {&l.keys, &l.values, &l.input, &l.inverse1, &l.normed1, &l.queries, &l.attended,
                               &l.middle, &l.inverse2, &l.normed2, &l.gate_up, &l.active})
      floats += buffer->capacity();
  for (const auto* buffer :
       {&known_rows_, &projected_, &gates_, &final_input_, &inverse_final_, &hidden_, &logits_, &normalisers_,
        &log_begins_, &x_, &qkv_, &scores_, &dscores_, &dx_, &dnormed_, &dattended_, &dqkv_, &dgate_up_, &dactive_})
    floats += buffer->capacity();
  return floats * sizeof(float);
}

}  // namespace noema::transformer
