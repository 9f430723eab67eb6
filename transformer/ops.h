#pragma once
// The operations of the transformer, each forward pass beside its backward pass. Pointers are to row-major floats; N is
// the number of tokens (rows), W the width. Backward functions add to the gradients of weights; for the other gradients
// the comments say whether they are set or added to.

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "transformer/tokenizer.h"

namespace noema::transformer {

inline constexpr float kNormEpsilon = 1e-5F;

/// y[N, out] = x[N, in] w[in, out] (+ y if `add`). O(N in out).
void linear(float* y, const float* x, const float* w, int rows, int in, int out, bool add = false);
/// dx = dy w^T. dx: [N, in].
void linear_backward_input(float* dx, const float* dy, const float* w, int rows, int in, int out);
/// Columns [begin, end) of dw = x^T dy (+ dw if `add`).
void linear_backward_weights(float* dw, const float* x, const float* dy, int rows, int in, int out, int begin, int end,
                             bool add);

/// y[N, W] = x gain / rms(x), row by row; inverse_rms: [N] (may be null). Zhang & Sennrich 2019.
void rms_norm(float* y, float* inverse_rms, const float* x, const float* gain, int rows, int width);
/// dx += ..., dgain += ...
void rms_norm_backward(float* dx, float* dgain, const float* dy, const float* x, const float* gain,
                       const float* inverse_rms, int rows, int width);

/// y[N, H] = silu(g) u, where a row of gate_up[N, 2H] is g then u. Shazeer 2020.
void swiglu(float* y, const float* gate_up, int rows, int hidden);
/// dgate_up is set.
void swiglu_backward(float* dgate_up, const float* dy, const float* gate_up, int rows, int hidden);

/// Rotary position encoding: cosines and sines [positions, head_width / 2], base 10000. Su et al. 2021.
class Rotary {
 public:
  Rotary(int positions, int head_width);
  /// Rotates each pair (x_i, x_{i + d/2}) of each head in a row of heads * d floats by the angle of its position. The
  /// backward pass rotates gradients in the other direction (`inverse`).
  void turn(float* row, int position, int heads, bool inverse = false) const;

 private:
  int half_;
  std::vector<float> cosines_, sines_;
};

/// The shape of an attention, and its mask: the queries are the last of the keys, and query i sees the keys
/// [0, max(keys - queries + i + 1, prefix)). prefix = 0 is causal, prefix = keys bidirectional; a prefix language model
/// lies in between. Query head h reads the keys and values of head h / (heads / kv_heads) (Ainslie et al. 2023).
struct Attention {
  int queries, keys, heads, kv_heads, head_width, prefix;
  int visible(int query) const { return std::min(keys, std::max(keys - queries + query + 1, prefix)); }
  int kv_head(int head) const { return head / (heads / kv_heads); }
  bool first_of_group(int head) const { return head % (heads / kv_heads) == 0; }
};

/// out[queries, heads d] = softmax(q k^T / sqrt(d)) v, head by head; q has q_stride floats a row, k and v kv_stride.
/// weights: [heads, queries, keys], kept for the backward pass. Vaswani et al. 2017, eq. 1. O(heads queries keys d).
void attention(float* out, float* weights, const float* q, const float* k, const float* v, int q_stride, int kv_stride,
               const Attention& a);
/// dq, dk, dv (each `stride` floats a row) are set; scratch: [queries, keys]. Only for queries == keys.
void attention_backward(float* dq, float* dk, float* dv, float* scratch, const float* dout, const float* weights,
                        const float* q, const float* k, const float* v, int stride, const Attention& a);

/// x[N, W] = rows of table[V, W].
void embedding(float* x, const float* table, std::span<const Token> tokens, int width);
/// dtable += ...
void embedding_backward(float* dtable, const float* dx, std::span<const Token> tokens, int width);

/// logits[N, V] = h[N, W] table[V, W]^T, -infinity for specials, which are never predicted. O(N V W).
void token_logits(float* logits, const float* h, const float* table, int rows, int width, int vocabulary);

/// The same, normalised: the natural logarithm of each token's probability, row by row.
void token_log_probabilities(float* log_p, const float* h, const float* table, int rows, int width, int vocabulary);

/// Softmax cross-entropy with a tied output matrix. It is fused with the product that computes the logits and works on
/// chunks of rows, so that the whole [N, V] is never in memory. h: [N, W]; table: [V, W]; targets: [N], where rows with
/// a negative target are skipped at no cost. Specials are never predicted. Returns the sum of -ln p(target). Unless dh
/// is null, sets dh to d(scale * sum)/dh and adds d(scale * sum)/dtable to dtable. Unless null, losses [N] gets the
/// terms of the sum. O(predicted rows V W), on all threads of the arena, with the same bits on any number of them.
/// `scratch` grows as needed.
double cross_entropy(float* losses, float* dh, float* dtable, const float* h, const float* table,
                     std::span<const Token> targets, int width, int vocabulary, float scale,
                     std::vector<float>& scratch);

}  // namespace noema::transformer
