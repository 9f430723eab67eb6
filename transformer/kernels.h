#pragma once
// The inner loops of the operations in ops.h: matrix products (gemm.cpp) and vectorised element-wise functions
// (kernels.cpp). All are single-threaded; callers run them in parallel. Element-wise kernels use 16 explicit lanes, so
// their bits do not depend on the CPU.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace noema::transformer {

inline constexpr int kMostLanes = 16;  ///< floats in the widest vectors of any CPU

/// A matrix in memory: row-major, `stride` floats from row to row.
struct Matrix {
  const float* data;
  std::ptrdiff_t stride;
  bool transposed = false;  ///< read as its transpose
};

/// c = op(a) * op(b) + beta * c. op(a): [m, k], op(b): [k, n], c: [m, n] with `c_stride` floats a row.
/// O(m n k), at the speed of the CPU's widest vectors; each thread allocates its buffers once. The bits of an element
/// depend only on its row of op(a) and its column of op(b), on any CPU with fused multiply-add. A product of a single
/// row (m = 1) is an exception: it is summed in another order, which with a transposed b depends on the width of the
/// CPU's vectors. most_lanes limits the floats in a vector, to compare kernels.
void matmul(int m, int n, int k, Matrix a, Matrix b, float beta, float* c, std::ptrdiff_t c_stride,
            int most_lanes = kMostLanes);

/// A right factor of many products, packed once into the order in which they read it.
class PackedMatrix {
 public:
  /// op(b): [k, n]. Takes k * n floats, with n rounded up to a multiple of 32. O(k n). Allocates memory the first time.
  void pack(int k, int n, Matrix b);

 private:
  friend void matmul(int m, Matrix a, const PackedMatrix& b, float* c, std::ptrdiff_t c_stride);
  int k_ = 0, n_ = 0;
  std::vector<float> panels_;
};

/// c = op(a) * b, with the same bits as the product with the unpacked matrix if m is at least 2.
void matmul(int m, Matrix a, const PackedMatrix& b, float* c, std::ptrdiff_t c_stride);

/// x[0..n) = factor * softmax(scale * x). Returns the natural log of the normaliser, that is log sum exp(scale * x).
float softmax(float* x, std::size_t n, float scale, float factor = 1);

/// log sum exp(x[0..n)).
float log_sum_exp(const float* x, std::size_t n);

/// x += value, element by element.
void add_scalar(float* x, std::size_t n, float value);

/// x *= value, element by element.
void multiply(float* x, std::size_t n, float value);

/// y += x.
void add(float* y, const float* x, std::size_t n);

/// Dot product, in 16 lanes summed in a fixed order.
float dot(const float* a, const float* b, std::size_t n);

/// One row of RMSNorm: y = x * gain / rms(x), returns 1 / rms(x).
float rms_norm_row(float* y, const float* x, const float* gain, std::size_t n, float epsilon);

/// Backward of rms_norm_row: dx += ..., dgain += ...; inverse_rms is what the forward returned.
void rms_norm_row_backward(float* dx, float* dgain, const float* dy, const float* x, const float* gain,
                           float inverse_rms, std::size_t n);

/// Rotates the pairs (x[i], x[i + half]), i < half, by angles with the given cosines and sines; sign -1 rotates back.
void rotate(float* x, const float* cosines, const float* sines, std::size_t half, float sign);

/// y = silu(gate) * up. gate, up, y: [n].
void swiglu_row(float* y, const float* gate, const float* up, std::size_t n);
void swiglu_row_backward(float* dgate, float* dup, const float* dy, const float* gate, const float* up, std::size_t n);

/// One step of an LSTM for one row (Hochreiter & Schmidhuber 1997; Gers et al. 2000; PyTorch's order of gates). gates
/// [4n] holds the blocks i f g o without the bias [4n] and is replaced by the activations; c = f c_before + i g,
/// h = o tanh(c).
void lstm_row(float* h, float* c, float* gates, const float* bias, const float* c_before, std::size_t n);
/// Sets dgates, the gradient before the activations. dc holds the gradient of c from later steps and is replaced by
/// that of c_before. dh: the whole gradient of h.
void lstm_row_backward(float* dgates, float* dc, const float* dh, const float* gates, const float* c,
                       const float* c_before, std::size_t n);

/// One step of a GRU for one row (Cho et al. 2014; PyTorch's variant). gates [4n] holds the blocks r z m n without the
/// bias [4n], where m is the part of n that comes from h_before; it is replaced by r, z, m and n = tanh(n + r m).
/// h = (1 - z) n + z h_before.
void gru_row(float* h, float* gates, const float* bias, const float* h_before, std::size_t n);
/// Sets dgates; dh_before += z dh. The caller adds the part of dh_before that passes through the gates.
void gru_row_backward(float* dgates, float* dh_before, const float* dh, const float* gates, const float* h_before,
                      std::size_t n);

/// x = tanh(x), and dx *= 1 - y^2, its backward.
void tanh_row(float* x, std::size_t n);
void tanh_row_backward(float* dx, const float* y, std::size_t n);

/// Returns weight * sum of -ln sigmoid(sign x); x becomes its gradient, -weight sign sigmoid(-sign x).
float logistic_loss_row(float* x, std::size_t n, float sign, float weight);

/// dx[j] = scale * p[j] * (dp[j] - sum_k p[k] dp[k]): backward of softmax(scale * x). May be in place (dx == dp).
void softmax_row_backward(float* dx, const float* p, const float* dp, std::size_t n, float scale);

/// Dropout: keeps each element with probability 1 - rate and scales it by 1 / (1 - rate); the others become 0. The mask
/// is a function of (seed, index), so the backward pass applies this with the same seed to the gradient.
void dropout(float* x, std::size_t n, float rate, std::uint64_t seed);

struct AdamStep {
  float learning_rate, beta1, beta2, epsilon, weight_decay, gradient_scale;
  float correction1, correction2;  ///< 1 - beta^t
};

/// AdamW (Loshchilov & Hutter 2019) on n parameters.
void adamw(float* w, float* m, float* v, const float* gradient, std::size_t n, const AdamStep& step);

/// w -= rate * gradient + decay * (w - anchor), in one pass over n parameters. Returns whether all of the gradient is
/// finite; if it is not, w may hold anything.
bool descend(float* w, const float* gradient, const float* anchor, std::size_t n, float rate, float decay);

/// v += share * (gradient^2 - v); w -= rate * gradient / sqrt(v + floor) + decay * (w - anchor), in one pass. Returns
/// whether all of the gradient is finite; if it is not, v and w may hold anything.
bool descend_scaled(float* w, float* v, const float* gradient, const float* anchor, std::size_t n, float rate,
                    float decay, float share, float floor);

/// Sum of x, in 16 lanes summed in a fixed order.
float sum(const float* x, std::size_t n);

}  // namespace noema::transformer
