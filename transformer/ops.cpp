#include "transformer/ops.h"

#include <algorithm>
#include <cmath>

#include "transformer/kernels.h"

namespace noema::transformer {
namespace {

std::ptrdiff_t at(int row, int stride) { return static_cast<std::ptrdiff_t>(row) * stride; }
std::size_t size(int n) { return static_cast<std::size_t>(n); }

}  // namespace

void linear(float* y, const float* x, const float* w, int rows, int in, int out, bool add) {
  matmul(rows, out, in, {x, in}, {w, out}, add ? 1.0F : 0.0F, y, out);
}

void linear_backward(float* dx, float* dw, const float* dy, const float* x, const float* w, int rows, int in, int out) {
  if (dx) matmul(rows, in, out, {dy, out}, {w, out, true}, 0.0F, dx, in);
  matmul(in, out, rows, {x, in, true}, {dy, out}, 1.0F, dw, out);
}

void rms_norm(float* y, float* inverse_rms, const float* x, const float* gain, int rows, int width) {
  for (int i = 0; i < rows; ++i) {
    const float inverse = rms_norm_row(y + at(i, width), x + at(i, width), gain, size(width), kNormEpsilon);
    if (inverse_rms) inverse_rms[i] = inverse;
  }
}

void rms_norm_backward(float* dx, float* dgain, const float* dy, const float* x, const float* gain,
                       const float* inverse_rms, int rows, int width) {
  for (int i = 0; i < rows; ++i)
    rms_norm_row_backward(dx + at(i, width), dgain, dy + at(i, width), x + at(i, width), gain, inverse_rms[i],
                          size(width));
}

void swiglu(float* y, const float* gate_up, int rows, int hidden) {
  for (int i = 0; i < rows; ++i) {
    const float* gate = gate_up + at(i, 2 * hidden);
    swiglu_row(y + at(i, hidden), gate, gate + hidden, size(hidden));
  }
}

void swiglu_backward(float* dgate_up, const float* dy, const float* gate_up, int rows, int hidden) {
  for (int i = 0; i < rows; ++i) {
    const float* gate = gate_up + at(i, 2 * hidden);
    float* dgate = dgate_up + at(i, 2 * hidden);
    swiglu_row_backward(dgate, dgate + hidden, dy + at(i, hidden), gate, gate + hidden, size(hidden));
  }
}

Rotary::Rotary(int positions, int head_width) : half_(head_width / 2) {
  for (int p = 0; p < positions; ++p)
    for (int i = 0; i < half_; ++i) {
      const double angle = p * std::pow(10000.0, -static_cast<double>(i) / half_);
      cosines_.push_back(static_cast<float>(std::cos(angle)));
      sines_.push_back(static_cast<float>(std::sin(angle)));
    }
}

void Rotary::turn(float* row, int position, int heads, bool inverse) const {
  const float* cosine = cosines_.data() + at(position, half_);
  const float* sine = sines_.data() + at(position, half_);
  const float sign = inverse ? -1.0F : 1.0F;
  for (int head = 0; head < heads; ++head) {
    float* x = row + at(head, 2 * half_);
    for (int i = 0; i < half_; ++i) {
      const float a = x[i], b = x[i + half_], s = sign * sine[i];
      x[i] = a * cosine[i] - b * s;
      x[i + half_] = a * s + b * cosine[i];
    }
  }
}

void attention(float* out, float* weights, const float* q, const float* k, const float* v, int q_stride, int kv_stride,
               const Attention& a) {
  const int width = a.heads * a.head_width;
  const float scale = 1.0F / std::sqrt(static_cast<float>(a.head_width));
  for (int head = 0; head < a.heads; ++head) {
    const int offset = head * a.head_width;
    float* w = weights + at(head * a.queries, a.keys);
    matmul(a.queries, a.keys, a.head_width, {q + offset, q_stride}, {k + offset, kv_stride, true}, 0.0F, w, a.keys);
    for (int i = 0; i < a.queries; ++i) {
      float* row = w + at(i, a.keys);
      const int seen = a.visible(i);
      softmax(row, size(seen), scale);
      std::fill(row + seen, row + a.keys, 0.0F);
    }
    matmul(a.queries, a.head_width, a.keys, {w, a.keys}, {v + offset, kv_stride}, 0.0F, out + offset, width);
  }
}

void attention_backward(float* dq, float* dk, float* dv, float* scratch, const float* dout, const float* weights,
                        const float* q, const float* k, const float* v, int stride, const Attention& a) {
  const int n = a.queries, d = a.head_width, width = a.heads * d;
  const float scale = 1.0F / std::sqrt(static_cast<float>(d));
  for (int head = 0; head < a.heads; ++head) {
    const int offset = head * d;
    const float* w = weights + at(head * n, n);
    // out = w v: dw = dout v^T, dv = w^T dout.
    matmul(n, n, d, {dout + offset, width}, {v + offset, stride, true}, 0.0F, scratch, n);
    matmul(n, d, n, {w, n, true}, {dout + offset, width}, 0.0F, dv + offset, stride);
    // w = softmax(scale s): ds, in place; what is not visible has weight 0 and so gradient 0.
    for (int i = 0; i < n; ++i)
      softmax_row_backward(scratch + at(i, n), w + at(i, n), scratch + at(i, n), size(n), scale);
    // s = q k^T.
    matmul(n, d, n, {scratch, n}, {k + offset, stride}, 0.0F, dq + offset, stride);
    matmul(n, d, n, {scratch, n, true}, {q + offset, stride}, 0.0F, dk + offset, stride);
  }
}

void embedding(float* x, const float* table, std::span<const Token> tokens, int width) {
  for (std::size_t i = 0; i < tokens.size(); ++i)
    std::copy_n(table + at(tokens[i], width), width, x + static_cast<std::ptrdiff_t>(i) * width);
}

void embedding_backward(float* dtable, const float* dx, std::span<const Token> tokens, int width) {
  for (std::size_t i = 0; i < tokens.size(); ++i)
    add(dtable + at(tokens[i], width), dx + static_cast<std::ptrdiff_t>(i) * width, size(width));
}

double cross_entropy(float* losses, float* dh, float* dtable, const float* h, const float* table,
                     std::span<const Token> targets, int width, int vocabulary, float scale,
                     std::vector<float>& scratch) {
  constexpr int kChunk = 128;
  const int classes = vocabulary - kSpecials, rows = static_cast<int>(targets.size());
  const float* output = table + at(kSpecials, width);
  if (scratch.size() < size(kChunk) * size(classes)) scratch.resize(size(kChunk) * size(classes));
  double loss = 0;
  for (int begin = 0; begin < rows; begin += kChunk) {
    const int n = std::min(kChunk, rows - begin);
    matmul(n, classes, width, {h + at(begin, width), width}, {output, width, true}, 0.0F, scratch.data(), classes);
    for (int i = 0; i < n; ++i) {
      float* row = scratch.data() + at(i, classes);
      const Token target = targets[size(begin + i)] - kSpecials;
      float row_loss = 0;
      if (target < 0) {
        if (dh) std::fill_n(row, classes, 0.0F);
      } else {
        const float logit = row[target];
        row_loss = (dh ? softmax(row, size(classes), 1.0F) : log_sum_exp(row, size(classes))) - logit;
        if (dh) row[target] -= 1.0F;  // d(-ln p)/d logits = p - one hot
      }
      loss += static_cast<double>(row_loss);
      if (losses) losses[begin + i] = row_loss;
    }
    if (!dh) continue;
    multiply(scratch.data(), size(n) * size(classes), scale);
    matmul(n, width, classes, {scratch.data(), classes}, {output, width}, 0.0F, dh + at(begin, width), width);
    matmul(classes, width, n, {scratch.data(), classes, true}, {h + at(begin, width), width}, 1.0F,
           dtable + at(kSpecials, width), width);
  }
  return loss;
}

}  // namespace noema::transformer
