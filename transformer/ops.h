#pragma once
// The operations of the transformer, each forward beside its backward. Pointers are to row-major floats; N tokens
// (rows), W width. Backward functions add to weight gradients and say of each other gradient whether they set or add.

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "transformer/tokenizer.h"

namespace noema::transformer {

inline constexpr float kNormEpsilon = 1e-5F;

/// y[N, out] = x[N, in] w[in, out] (+ y if `add`). O(N in out).
void linear(float* y, const float* x, const float* w, int rows, int in, int out, bool add = false);
/// dx = dy w^T (set, unless null); dw += x^T dy.
void linear_backward(float* dx, float* dw, const float* dy, const float* x, const float* w, int rows, int in, int out);

/// y[N, W] = x gain / rms(x), row by row; inverse_rms: [N] (may be null). Zhang & Sennrich 2019.
void rms_norm(float* y, float* inverse_rms, const float* x, const float* gain, int rows, int width);
/// dx += ..., dgain += ...
void rms_norm_backward(float* dx, float* dgain, const float* dy, const float* x, const float* gain,
                       const float* inverse_rms, int rows, int width);

/// y[N, H] = silu(g) u, where a row of gate_up[N, 2H] is g then u. Shazeer 2020.
void swiglu(float* y, const float* gate_up, int rows, int hidden);
/// dgate_up is set.
void swiglu_backward(float* dgate_up, const float* dy, const float* gate_up, int rows, int hidden);

/// Angles of rotary positions: cosines and sines [positions, head_width / 2], base 10000. Su et al. 2021.
class Rotary {
 public:
  Rotary(int positions, int head_width);
  /// Turns the pair (x_i, x_{i + d/2}) of each of `heads` heads in a row of W = heads d floats by the angle of its
  /// position. The backward pass turns gradients back (`inverse`).
  void turn(float* row, int position, int heads, bool inverse = false) const;

 private:
  int half_;
  std::vector<float> cosines_, sines_;
};

/// Which keys a query may see: query i of `queries` among `keys` (the last query is the last key) sees keys
/// [0, max(keys - queries + i + 1, prefix)). Causal: prefix 0. Bidirectional: prefix = keys. Prefix model: in between.
struct Attention {
  int queries, keys, heads, head_width, prefix;
  int visible(int query) const { return std::min(keys, std::max(keys - queries + query + 1, prefix)); }
};

/// out[queries, heads d] = softmax(q k^T / sqrt(d)) v, head by head; q, k, v have `stride` floats a row (kv_stride for
/// k and v). weights: [heads, queries, keys], kept for the backward pass. Vaswani et al. 2017, eq. 1. O(heads queries
/// keys d).
void attention(float* out, float* weights, const float* q, const float* k, const float* v, int q_stride, int kv_stride,
               const Attention& a);
/// dq, dk, dv (each `stride` floats a row) are set; scratch: [queries, keys]. Only for queries == keys.
void attention_backward(float* dq, float* dk, float* dv, float* scratch, const float* dout, const float* weights,
                        const float* q, const float* k, const float* v, int stride, const Attention& a);

/// x[N, W] = rows of table[V, W].
void embedding(float* x, const float* table, std::span<const Token> tokens, int width);
/// dtable += ...
void embedding_backward(float* dtable, const float* dx, std::span<const Token> tokens, int width);

/// Softmax cross-entropy against a tied output matrix, never holding more than a chunk of [N, V]: h: [N, W], table: [V,
/// W]; targets: [N], negative ones are left out. Specials are never predicted. Returns the sum of -ln p(target). If dh
/// is given it is set, and dtable gets its part added, for the gradient of scale * sum. losses: [N], each row's part of
/// the sum, unless null. O(N V W). `scratch` grows as needed.
double cross_entropy(float* losses, float* dh, float* dtable, const float* h, const float* table,
                     std::span<const Token> targets, int width, int vocabulary, float scale,
                     std::vector<float>& scratch);

}  // namespace noema::transformer
