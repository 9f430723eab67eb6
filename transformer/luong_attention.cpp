#include "transformer/luong_attention.h"

#include <tbb/parallel_for.h>

#include <algorithm>

#include "transformer/buffers.h"
#include "transformer/kernels.h"
#include "transformer/ops.h"

namespace noema::transformer {
namespace {

std::uint64_t mask_seed(const Regularisation& r, int sequence) {
  return r.seed + 0xe7037ed1a0b428dbULL * static_cast<std::uint64_t>(sequence + 1);
}

}  // namespace

LuongAttention::LuongAttention(int width, int sequences, int length) : width_(width) {
  const std::size_t rows = size(sequences) * size(length), w = size(width);
  for (auto* buffer : {&queries_, &squashed_, &output_, &doutput_, &dqueries_}) buffer->resize(rows * w);
  for (auto* buffer : {&combined_, &dcombined_}) buffer->resize(rows * 2 * w);
  for (auto* buffer : {&weights_, &dweights_}) buffer->resize(rows * size(length));
}

void LuongAttention::forward(const Pass& pass, int s) {
  const int w = width_, n = pass.queries, row = s * n, begin = pass.begins[s], keys = pass.keys - begin;
  const float* const states = pass.states + at(row, w);
  const float* const memory = pass.memory + at(s * pass.keys + begin, w);
  float* const weights = weights_.data() + at(row, pass.keys);
  float* const combined = combined_.data() + at(row, 2 * w);
  float* const squashed = squashed_.data() + at(row, w);
  for (int i = 0; i < n; ++i) std::copy_n(states + at(i, w), w, combined + at(i, 2 * w) + w);
  if (keys > 0) {
    linear(queries_.data() + at(row, w), states, pass.score, n, w, w);
    matmul(n, keys, w, {queries_.data() + at(row, w), w}, {memory, w, true}, 0, weights, keys);
    for (int i = 0; i < n; ++i) softmax(weights + at(i, keys), size(keys), 1);
    matmul(n, w, keys, {weights, keys}, {memory, w}, 0, combined, 2 * w);
  } else {
    for (int i = 0; i < n; ++i) std::fill_n(combined + at(i, 2 * w), w, 0.0F);
  }
  linear(squashed, combined, pass.combine, n, 2 * w, w);
  tanh_row(squashed, size(n) * size(w));
  float* const output = output_.data() + at(row, w);
  std::copy_n(squashed, at(n, w), output);
  dropout(output, size(n) * size(w), pass.regularisation.dropout, mask_seed(pass.regularisation, s));
}

void LuongAttention::backward(const Pass& pass, int s, float* dstates_of_all, float* dmemory_of_all) {
  const int w = width_, n = pass.queries, row = s * n, begin = pass.begins[s], keys = pass.keys - begin;
  const float* const memory = pass.memory + at(s * pass.keys + begin, w);
  const float* const weights = weights_.data() + at(row, pass.keys);
  float* const doutput = doutput_.data() + at(row, w);
  float* const dcombined = dcombined_.data() + at(row, 2 * w);
  float* const dweights = dweights_.data() + at(row, pass.keys);
  float* const dqueries = dqueries_.data() + at(row, w);
  float* const dstates = dstates_of_all + at(row, w);
  float* const dmemory = dmemory_of_all + at(s * pass.keys + begin, w);
  dropout(doutput, size(n) * size(w), pass.regularisation.dropout, mask_seed(pass.regularisation, s));
  tanh_row_backward(doutput, squashed_.data() + at(row, w), size(n) * size(w));
  linear_backward_input(dcombined, doutput, pass.combine, n, 2 * w, w);
  for (int i = 0; i < n; ++i) std::copy_n(dcombined + at(i, 2 * w) + w, w, dstates + at(i, w));
  std::fill_n(dmemory - at(begin, w), at(begin, w), 0.0F);
  std::fill_n(dqueries, at(n, w), 0.0F);
  if (keys == 0) return;
  // context = a k: da = dcontext k^T, dk = a^T dcontext; then a = softmax(s), s = q k^T, q = h score.
  matmul(n, keys, w, {dcombined, 2 * w}, {memory, w, true}, 0, dweights, keys);
  matmul(keys, w, n, {weights, keys, true}, {dcombined, 2 * w}, 0, dmemory, w);
  for (int i = 0; i < n; ++i)
    softmax_row_backward(dweights + at(i, keys), weights + at(i, keys), dweights + at(i, keys), size(keys), 1);
  matmul(n, w, keys, {dweights, keys}, {memory, w}, 0, dqueries, w);
  matmul(keys, w, n, {dweights, keys, true}, {queries_.data() + at(row, w), w}, 1, dmemory, w);
  matmul(n, w, w, {dqueries, w}, {pass.score, w, true}, 1, dstates, w);
}

void LuongAttention::forward(const Pass& pass) {
  tbb::parallel_for(0, pass.sequences, [&](int s) { forward(pass, s); });
}

void LuongAttention::backward(const Pass& pass, float* dscore, float* dcombine, float* dstates, float* dmemory) {
  tbb::parallel_for(0, pass.sequences, [&](int s) { backward(pass, s, dstates, dmemory); });
  const int w = width_, rows = pass.sequences * pass.queries;
  linear_backward_weights(dscore, pass.states, dqueries_.data(), rows, w, w, 0, w, false);
  linear_backward_weights(dcombine, combined_.data(), doutput_.data(), rows, 2 * w, w, 0, w, false);
}

}  // namespace noema::transformer
