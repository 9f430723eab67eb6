#include "transformer/ops.h"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "transformer/buffers.h"
#include "transformer/kernels.h"

namespace noema::transformer {
void linear(float* y, const float* x, const float* w, int rows, int in, int out, bool add) {
  matmul(rows, out, in, {x, in}, {w, out}, add ? 1.0F : 0.0F, y, out);
}

void linear_backward_input(float* dx, const float* dy, const float* w, int rows, int in, int out) {
  matmul(rows, in, out, {dy, out}, {w, out, true}, 0.0F, dx, in);
}

void linear_backward_weights(float* dw, const float* x, const float* dy, int rows, int in, int out, int begin, int end,
                             bool add) {
  matmul(in, end - begin, rows, {x, in, true}, {dy + begin, out}, add ? 1.0F : 0.0F, dw + begin, out);
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
  const std::ptrdiff_t first = at(position, half_);
  for (int head = 0; head < heads; ++head)
    rotate(row + at(head, 2 * half_), cosines_.data() + first, sines_.data() + first, size(half_),
           inverse ? -1.0F : 1.0F);
}

namespace {

/// Calls visit(first, queries, keys) for each block of queries, where keys is the number that the last of them sees.
/// With a causal mask this halves the work.
template <typename Visit>
void for_query_blocks(const Attention& a, Visit visit) {
  constexpr int kQueries = 48;
  for (int first = 0, queries = 0; first < a.queries; first += queries) {
    const int left = a.queries - first;
    queries = left <= kQueries + 1 ? left : kQueries;  // never a single row, which would be summed in another order
    visit(first, queries, a.visible(first + queries - 1));
  }
}

}  // namespace

void attention(float* out, float* weights, const float* q, const float* k, const float* v, int q_stride, int kv_stride,
               const Attention& a) {
  const int d = a.head_width, width = a.heads * d;
  const float scale = 1.0F / std::sqrt(static_cast<float>(d));
  for (int head = 0; head < a.heads; ++head) {
    const int offset = head * d, kv_offset = a.kv_head(head) * d;
    float* const all = weights + at(head * a.queries, a.keys);
    for_query_blocks(a, [&](int first, int queries, int keys) {
      float* const w = all + at(first, a.keys);
      matmul(queries, keys, d, {q + at(first, q_stride) + offset, q_stride}, {k + kv_offset, kv_stride, true}, 0.0F, w,
             a.keys);
      for (int i = 0; i < queries; ++i) {
        float* const row = w + at(i, a.keys);
        const int seen = a.visible(first + i);
        softmax(row, size(seen), scale);
        std::fill(row + seen, row + a.keys, 0.0F);
      }
      matmul(queries, d, keys, {w, a.keys}, {v + kv_offset, kv_stride}, 0.0F, out + at(first, width) + offset, width);
    });
  }
}

void attention_backward(float* dq, float* dk, float* dv, float* scratch, const float* dout, const float* weights,
                        const float* q, const float* k, const float* v, int stride, const Attention& a) {
  const int n = a.queries, d = a.head_width, width = a.heads * d;
  const float scale = 1.0F / std::sqrt(static_cast<float>(d));
  const auto clear = [&](float* rows) {
    for (int i = 0; i < n; ++i) std::fill_n(rows + at(i, stride), d, 0.0F);
  };
  for (int head = 0; head < a.heads; ++head) {
    const int offset = head * d, kv_offset = a.kv_head(head) * d;
    if (a.first_of_group(head))  // heads that share keys and values add up
      for (float* rows : {dk, dv}) clear(rows + kv_offset);
    for_query_blocks(a, [&](int first, int queries, int keys) {
      const float* const w = weights + at(head * n + first, n);
      const float* const douts = dout + at(first, width) + offset;
      const float* const qs = q + at(first, stride) + offset;
      // out = w v: dw = dout v^T, dv = w^T dout.
      matmul(queries, keys, d, {douts, width}, {v + kv_offset, stride, true}, 0.0F, scratch, n);
      matmul(keys, d, queries, {w, n, true}, {douts, width}, 1.0F, dv + kv_offset, stride);
      // w = softmax(scale s): ds, in place; masked weights are 0, so their gradient is 0.
      for (int i = 0; i < queries; ++i) {
        float* const row = scratch + at(i, n);
        const int seen = a.visible(first + i);
        softmax_row_backward(row, w + at(i, n), row, size(seen), scale);
        std::fill(row + seen, row + keys, 0.0F);
      }
      // s = q k^T.
      matmul(queries, d, keys, {scratch, n}, {k + kv_offset, stride}, 0.0F, dq + at(first, stride) + offset, stride);
      matmul(keys, d, queries, {scratch, n, true}, {qs, stride}, 1.0F, dk + kv_offset, stride);
    });
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

void token_logits(float* logits, const float* h, const float* table, int rows, int width, int vocabulary) {
  matmul(rows, vocabulary - kSpecials, width, {h, width}, {table + at(kSpecials, width), width, true}, 0.0F,
         logits + kSpecials, vocabulary);
  for (int i = 0; i < rows; ++i)
    std::fill_n(logits + at(i, vocabulary), kSpecials, -std::numeric_limits<float>::infinity());
}

void token_log_probabilities(float* log_p, const float* h, const float* table, int rows, int width, int vocabulary) {
  token_logits(log_p, h, table, rows, width, vocabulary);
  for (int i = 0; i < rows; ++i) {
    float* const row = log_p + at(i, vocabulary) + kSpecials;
    const std::size_t predicted = size(vocabulary - kSpecials);
    add_scalar(row, predicted, -log_sum_exp(row, predicted));
  }
}

double cross_entropy(float* losses, float* dh, float* dtable, const float* h, const float* table,
                     std::span<const Token> targets, int width, int vocabulary, float scale,
                     std::vector<float>& scratch) {
  constexpr int kMostRows = 1024, kFewestRows = 128, kLogits = 1 << 22;  // limits of a chunk
  constexpr int kClasses = 2048, kRows = 32, kColumns = 64;              // in a task
  const int classes = vocabulary - kSpecials;
  const int stride = (classes + 15) / 16 * 16 + 16;  // no power of two, for which rows would compete for cache lines
  const int chunk = std::clamp(kLogits / stride, kFewestRows, kMostRows);
  const float* output = table + at(kSpecials, width);
  const std::size_t needed = size(chunk) * size(stride + 2 * width);
  if (scratch.size() < needed) scratch.resize(needed);
  float* const logits = scratch.data();
  float* const packed = logits + at(chunk, stride);  // the rows of h that have targets, contiguous
  float* const dpacked = packed + at(chunk, width);
  std::array<int, kMostRows> rows;
  std::array<float, kMostRows> row_losses;

  double loss = 0;
  for (std::size_t next = 0; next < targets.size();) {
    int n = 0;
    for (; next < targets.size() && n < chunk; ++next) {
      if (targets[next] >= kSpecials) {
        rows[size(n++)] = static_cast<int>(next);
        continue;
      }
      if (losses) losses[next] = 0;
      if (dh) std::fill_n(dh + at(static_cast<int>(next), width), width, 0.0F);
    }
    for (int i = 0; i < n; ++i) std::copy_n(h + at(rows[size(i)], width), width, packed + at(i, width));
    const auto predict = [&](int task) {  // logits of some classes
      const int begin = task * kClasses, count = std::min(kClasses, classes - begin);
      matmul(n, count, width, {packed, width}, {output + at(begin, width), width, true}, 0.0F, logits + begin, stride);
    };
    const auto compare = [&](int task) {  // losses of some rows, and d(scale * loss) / d logits in place of the logits
      for (int i = task * kRows; i < std::min(n, (task + 1) * kRows); ++i) {
        float* row = logits + at(i, stride);
        float& predicted = row[targets[size(rows[size(i)])] - kSpecials];
        const float logit = predicted;
        row_losses[size(i)] = (dh ? softmax(row, size(classes), 1.0F, scale) : log_sum_exp(row, size(classes))) - logit;
        if (dh) predicted -= scale;  // d(-ln p)/d logits = p - one hot
      }
    };
    const auto pass_back = [&](int task) {  // some columns of dh
      const int begin = task * kColumns, count = std::min(kColumns, width - begin);
      matmul(n, count, classes, {logits, stride}, {output + begin, width}, 0.0F, dpacked + begin, width);
      for (int i = 0; i < n; ++i)
        std::copy_n(dpacked + at(i, width) + begin, count, dh + at(rows[size(i)], width) + begin);
    };
    const auto learn = [&](int task) {  // dtable of some classes
      const int begin = task * kClasses, count = std::min(kClasses, classes - begin);
      matmul(count, width, n, {logits + begin, stride, true}, {packed, width}, 1.0F,
             dtable + at(kSpecials + begin, width), width);
    };
    // Isolated, so that a thread that waits here does not run other tasks of the caller.
    const auto tasks = [](int all, int each) { return (all + each - 1) / each; };
    tbb::this_task_arena::isolate([&] {
      tbb::parallel_for(0, tasks(classes, kClasses), predict);
      tbb::parallel_for(0, tasks(n, kRows), compare);
      if (!dh) return;
      tbb::parallel_for(0, tasks(width, kColumns), pass_back);
      tbb::parallel_for(0, tasks(classes, kClasses), learn);
    });
    for (int i = 0; i < n; ++i) {
      loss += static_cast<double>(row_losses[size(i)]);
      if (losses) losses[rows[size(i)]] = row_losses[size(i)];
    }
  }
  return loss;
}

}  // namespace noema::transformer
