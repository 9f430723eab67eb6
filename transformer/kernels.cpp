#include "transformer/kernels.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "base/clones.h"

#define NOEMA_INLINE inline __attribute__((always_inline))

namespace noema::transformer {
namespace {

constexpr std::size_t kLanes = 16;
using Floats = float __attribute__((vector_size(64)));
using Ints = std::int32_t __attribute__((vector_size(64)));

struct Whole {};  // stands for a full group of lanes in place of a count

NOEMA_INLINE Floats load(const float* p, Whole = {}, float = 0) {
  Floats v;
  std::memcpy(&v, p, sizeof v);
  return v;
}
/// Loads the last n < 16 elements and fills the other lanes.
NOEMA_INLINE Floats load(const float* p, std::size_t n, float fill = 0) {
  float lanes[kLanes];
  for (auto& lane : lanes) lane = fill;
  for (std::size_t i = 0; i < n; ++i) lanes[i] = p[i];
  return load(lanes);
}
NOEMA_INLINE void store(float* p, Floats v, Whole = {}) { std::memcpy(p, &v, sizeof v); }
NOEMA_INLINE void store(float* p, Floats v, std::size_t n) {
  float lanes[kLanes];
  store(lanes, v);
  for (std::size_t i = 0; i < n; ++i) p[i] = lanes[i];
}
/// v, with 0 in the lanes from n on.
NOEMA_INLINE Floats first(Floats v, Whole) { return v; }
NOEMA_INLINE Floats first(Floats v, std::size_t n) {
  float lanes[kLanes];
  store(lanes, v);
  for (std::size_t i = n; i < kLanes; ++i) lanes[i] = 0;
  return load(lanes);
}
NOEMA_INLINE Floats all(float x) { return x - Floats{}; }
NOEMA_INLINE Floats larger(Floats a, Floats b) { return a > b ? a : b; }
NOEMA_INLINE std::uint32_t larger(std::uint32_t a, std::uint32_t b) { return a > b ? a : b; }

/// The bits of |x|. They are ordered like the magnitudes; those of infinity and NaN are at least kInfinityBits.
NOEMA_INLINE std::uint32_t magnitude_bits(float x) { return std::bit_cast<std::uint32_t>(x) & 0x7FFFFFFF; }
constexpr std::uint32_t kInfinityBits = 0x7F800000;

NOEMA_INLINE float total(Floats v) {
  float lanes[kLanes];
  store(lanes, v);
  for (std::size_t half = kLanes / 2; half > 0; half /= 2)
    for (std::size_t i = 0; i < half; ++i) lanes[i] += lanes[i + half];
  return lanes[0];
}
NOEMA_INLINE float largest(Floats v) {
  float lanes[kLanes];
  store(lanes, v);
  float best = lanes[0];
  for (float lane : lanes) best = lane > best ? lane : best;
  return best;
}

/// e^x, relative error below 3e-7 for x in [-87, 88], clamped outside: x = k ln 2 + r, then a polynomial in r (Cephes
/// expf).
NOEMA_INLINE Floats exponential(Floats x) {
  x = x < -87.0f ? all(-87.0f) : x;
  x = x > 88.0f ? all(88.0f) : x;
  constexpr float kRound = 12582912.0f;  // 1.5 * 2^23: adding it leaves the nearest integer in the low bits
  const Floats k = (x * 1.44269504f + kRound) - kRound;
  const Floats r = (x - k * 0.693359375f) - k * -2.12194440e-4f;
  Floats p = all(1.9875691500e-4f);
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1.0f;
  const Ints exponent = (__builtin_convertvector(k, Ints) + 127) << 23;
  Floats power;
  std::memcpy(&power, &exponent, sizeof power);
  return p * power;
}

NOEMA_INLINE Floats sigmoid(Floats x) { return 1.0f / (1.0f + exponential(-x)); }
NOEMA_INLINE Floats tanh(Floats x) { return 2.0f * sigmoid(2.0f * x) - 1.0f; }

/// Calls body(i, Whole) for each full group of 16 lanes and body(i, left) once for the rest.
template <typename Body>
NOEMA_INLINE void for_lanes(std::size_t n, Body body) {
  std::size_t i = 0;
  for (; i + kLanes <= n; i += kLanes) body(i, Whole{});
  if (i < n) body(i, n - i);
}
#define NOEMA_LANES [&](std::size_t i, auto n_lanes) __attribute__((always_inline))

NOEMA_INLINE float maximum(const float* x, std::size_t n) {
  Floats best = all(-INFINITY);
  for_lanes(
      n, NOEMA_LANES { best = larger(best, load(x + i, n_lanes, -INFINITY)); });
  return largest(best);
}

}  // namespace

NOEMA_CLONES float softmax(float* x, std::size_t n, float scale, float factor) {
  const float top = maximum(x, n) * scale;
  Floats sums = all(0);
  for_lanes(
      n, NOEMA_LANES {
        const Floats e = first(exponential(load(x + i, n_lanes) * scale - top), n_lanes);
        store(x + i, e, n_lanes);
        sums += e;
      });
  const float whole_sum = total(sums);
  const float inverse = factor / whole_sum;
  for_lanes(
      n, NOEMA_LANES { store(x + i, load(x + i, n_lanes) * inverse, n_lanes); });
  return top + std::log(whole_sum);
}

NOEMA_CLONES float log_sum_exp(const float* x, std::size_t n) {
  const float top = maximum(x, n);
  Floats sums = all(0);
  for_lanes(
      n, NOEMA_LANES { sums += first(exponential(load(x + i, n_lanes) - top), n_lanes); });
  return top + std::log(total(sums));
}

NOEMA_CLONES void add_scalar(float* x, std::size_t n, float value) {
  for_lanes(
      n, NOEMA_LANES { store(x + i, load(x + i, n_lanes) + value, n_lanes); });
}

NOEMA_CLONES void multiply(float* x, std::size_t n, float value) {
  for_lanes(
      n, NOEMA_LANES { store(x + i, load(x + i, n_lanes) * value, n_lanes); });
}

NOEMA_CLONES void add(float* y, const float* x, std::size_t n) {
  for_lanes(
      n, NOEMA_LANES { store(y + i, load(y + i, n_lanes) + load(x + i, n_lanes), n_lanes); });
}

NOEMA_CLONES float dot(const float* a, const float* b, std::size_t n) {
  Floats sums = all(0);
  for_lanes(
      n, NOEMA_LANES { sums += load(a + i, n_lanes) * load(b + i, n_lanes); });
  return total(sums);
}

NOEMA_CLONES float rms_norm_row(float* y, const float* x, const float* gain, std::size_t n, float epsilon) {
  Floats squares = all(0);
  for_lanes(
      n, NOEMA_LANES { squares += load(x + i, n_lanes) * load(x + i, n_lanes); });
  const float inverse_rms = 1.0f / std::sqrt(total(squares) / static_cast<float>(n) + epsilon);
  for_lanes(
      n, NOEMA_LANES { store(y + i, load(x + i, n_lanes) * inverse_rms * load(gain + i, n_lanes), n_lanes); });
  return inverse_rms;
}

NOEMA_CLONES void rms_norm_row_backward(float* dx, float* dgain, const float* dy, const float* x, const float* gain,
                                        float inverse_rms, std::size_t n) {
  // y_i = g_i x_i r with r = (mean x^2 + e)^-1/2, so dr/dx_i = -r^3 x_i / n.
  Floats sums = all(0);
  for_lanes(
      n, NOEMA_LANES { sums += load(dy + i, n_lanes) * load(gain + i, n_lanes) * load(x + i, n_lanes); });
  const float shared = total(sums) * inverse_rms * inverse_rms * inverse_rms / static_cast<float>(n);
  for_lanes(
      n, NOEMA_LANES {
        const Floats d = load(dy + i, n_lanes), value = load(x + i, n_lanes);
        store(dx + i, load(dx + i, n_lanes) + (d * load(gain + i, n_lanes) * inverse_rms - value * shared), n_lanes);
        store(dgain + i, load(dgain + i, n_lanes) + d * value * inverse_rms, n_lanes);
      });
}

NOEMA_CLONES void rotate(float* x, const float* cosines, const float* sines, std::size_t half, float sign) {
  for_lanes(
      half, NOEMA_LANES {
        const Floats a = load(x + i, n_lanes), b = load(x + half + i, n_lanes);
        const Floats c = load(cosines + i, n_lanes), s = load(sines + i, n_lanes) * sign;
        store(x + i, a * c - b * s, n_lanes);
        store(x + half + i, a * s + b * c, n_lanes);
      });
}

NOEMA_CLONES void swiglu_row(float* y, const float* gate, const float* up, std::size_t n) {
  for_lanes(
      n, NOEMA_LANES {
        const Floats g = load(gate + i, n_lanes);
        store(y + i, g / (1.0f + exponential(-g)) * load(up + i, n_lanes), n_lanes);
      });
}

NOEMA_CLONES void swiglu_row_backward(float* dgate, float* dup, const float* dy, const float* gate, const float* up,
                                      std::size_t n) {
  for_lanes(
      n, NOEMA_LANES {
        const Floats g = load(gate + i, n_lanes), d = load(dy + i, n_lanes);
        const Floats sigmoid = 1.0f / (1.0f + exponential(-g));
        const Floats by_gate = d * load(up + i, n_lanes) * sigmoid * (1.0f + g * (1.0f - sigmoid));
        store(dup + i, d * g * sigmoid, n_lanes);
        store(dgate + i, by_gate, n_lanes);
      });
}

NOEMA_CLONES void lstm_row(float* h, float* c, float* gates, const float* bias, const float* c_before, std::size_t n) {
  for_lanes(
      n, NOEMA_LANES {
        const auto gate = [&](std::size_t block) __attribute__((always_inline)) {
          return load(gates + block * n + i, n_lanes) + load(bias + block * n + i, n_lanes);
        };
        const Floats in = sigmoid(gate(0)), forget = sigmoid(gate(1)), new_cell = tanh(gate(2)), out = sigmoid(gate(3));
        const Floats cell = forget * load(c_before + i, n_lanes) + in * new_cell;
        store(gates + i, in, n_lanes);
        store(gates + n + i, forget, n_lanes);
        store(gates + 2 * n + i, new_cell, n_lanes);
        store(gates + 3 * n + i, out, n_lanes);
        store(c + i, cell, n_lanes);
        store(h + i, out * tanh(cell), n_lanes);
      });
}

NOEMA_CLONES void lstm_row_backward(float* dgates, float* dc, const float* dh, const float* gates, const float* c,
                                    const float* c_before, std::size_t n) {
  for_lanes(
      n, NOEMA_LANES {
        const Floats in = load(gates + i, n_lanes), forget = load(gates + n + i, n_lanes),
                     new_cell = load(gates + 2 * n + i, n_lanes), out = load(gates + 3 * n + i, n_lanes);
        const Floats squashed = tanh(load(c + i, n_lanes)), d = load(dh + i, n_lanes);
        const Floats dcell = load(dc + i, n_lanes) + d * out * (1.0f - squashed * squashed);
        store(dgates + i, dcell * new_cell * in * (1.0f - in), n_lanes);
        store(dgates + n + i, dcell * load(c_before + i, n_lanes) * forget * (1.0f - forget), n_lanes);
        store(dgates + 2 * n + i, dcell * in * (1.0f - new_cell * new_cell), n_lanes);
        store(dgates + 3 * n + i, d * squashed * out * (1.0f - out), n_lanes);
        store(dc + i, dcell * forget, n_lanes);
      });
}

NOEMA_CLONES void gru_row(float* h, float* gates, const float* bias, const float* h_before, std::size_t n) {
  for_lanes(
      n, NOEMA_LANES {
        const auto gate = [&](std::size_t block) __attribute__((always_inline)) {
          return load(gates + block * n + i, n_lanes) + load(bias + block * n + i, n_lanes);
        };
        const Floats reset = sigmoid(gate(0)), update = sigmoid(gate(1)), memory = gate(2);
        const Floats next = tanh(gate(3) + reset * memory);
        store(gates + i, reset, n_lanes);
        store(gates + n + i, update, n_lanes);
        store(gates + 2 * n + i, memory, n_lanes);
        store(gates + 3 * n + i, next, n_lanes);
        store(h + i, next + update * (load(h_before + i, n_lanes) - next), n_lanes);
      });
}

NOEMA_CLONES void gru_row_backward(float* dgates, float* dh_before, const float* dh, const float* gates,
                                   const float* h_before, std::size_t n) {
  for_lanes(
      n, NOEMA_LANES {
        const Floats reset = load(gates + i, n_lanes), update = load(gates + n + i, n_lanes),
                     memory = load(gates + 2 * n + i, n_lanes), next = load(gates + 3 * n + i, n_lanes);
        const Floats d = load(dh + i, n_lanes), dnext = d * (1.0f - update) * (1.0f - next * next);
        store(dgates + i, dnext * memory * reset * (1.0f - reset), n_lanes);
        store(dgates + n + i, d * (load(h_before + i, n_lanes) - next) * update * (1.0f - update), n_lanes);
        store(dgates + 2 * n + i, dnext * reset, n_lanes);
        store(dgates + 3 * n + i, dnext, n_lanes);
        store(dh_before + i, load(dh_before + i, n_lanes) + d * update, n_lanes);
      });
}

NOEMA_CLONES void tanh_row(float* x, std::size_t n) {
  for_lanes(
      n, NOEMA_LANES { store(x + i, tanh(load(x + i, n_lanes)), n_lanes); });
}

NOEMA_CLONES void tanh_row_backward(float* dx, const float* y, std::size_t n) {
  for_lanes(
      n, NOEMA_LANES {
        const Floats value = load(y + i, n_lanes);
        store(dx + i, load(dx + i, n_lanes) * (1.0f - value * value), n_lanes);
      });
}

float logistic_loss_row(float* x, std::size_t n, float sign, float weight) {
  double loss = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const float margin = sign * x[i], e = std::exp(-std::abs(margin));
    loss += static_cast<double>(std::max(-margin, 0.0f) + std::log1p(e));
    x[i] = -weight * sign * (margin >= 0 ? e : 1.0f) / (1.0f + e);
  }
  return weight * static_cast<float>(loss);
}

NOEMA_CLONES void softmax_row_backward(float* dx, const float* p, const float* dp, std::size_t n, float scale) {
  Floats sums = all(0);
  for_lanes(
      n, NOEMA_LANES { sums += load(p + i, n_lanes) * load(dp + i, n_lanes); });
  const float mean = total(sums);
  for_lanes(
      n, NOEMA_LANES { store(dx + i, load(p + i, n_lanes) * (load(dp + i, n_lanes) - mean) * scale, n_lanes); });
}

NOEMA_CLONES void dropout(float* x, std::size_t n, float rate, std::uint64_t seed) {
  if (rate <= 0) return;
  const float keep_scale = 1.0f / (1.0f - rate);
  const auto threshold = static_cast<std::uint32_t>(static_cast<double>(rate) * 4294967296.0);
  const auto low = static_cast<std::uint32_t>(seed), high = static_cast<std::uint32_t>(seed >> 32);
  for (std::size_t i = 0; i < n; ++i) {
    // A counter, hashed by Wellons' lowbias32, with the key mixed in before and after.
    std::uint32_t h = static_cast<std::uint32_t>(i) * 0x9e3779b9U + low;
    h = (h ^ (h >> 16)) * 0x7feb352dU;
    h = ((h ^ (h >> 15)) + high) * 0x846ca68bU;
    h ^= h >> 16;
    x[i] *= h >= threshold ? keep_scale : 0.0f;
  }
}

NOEMA_CLONES void adamw(float* w, float* m, float* v, const float* gradient, std::size_t n, const AdamStep& step) {
  const AdamStep s = step;
  const float inverse1 = 1.0f / s.correction1, inverse2 = 1.0f / s.correction2;
  for (std::size_t i = 0; i < n; ++i) {
    const float g = gradient[i] * s.gradient_scale;
    m[i] = s.beta1 * m[i] + (1.0f - s.beta1) * g;
    v[i] = s.beta2 * v[i] + (1.0f - s.beta2) * g * g;
    const float step_size = m[i] * inverse1 / (__builtin_sqrtf(v[i] * inverse2) + s.epsilon);
    w[i] -= s.learning_rate * (step_size + s.weight_decay * w[i]);
  }
}

NOEMA_CLONES bool descend(float* __restrict w, const float* __restrict gradient, const float* __restrict anchor,
                          std::size_t n, float rate, float decay) {
  std::uint32_t magnitude = 0;
  for (std::size_t i = 0; i < n; ++i) {
    magnitude = larger(magnitude, magnitude_bits(gradient[i]));
    w[i] -= rate * gradient[i] + decay * (w[i] - anchor[i]);
  }
  return magnitude < kInfinityBits;
}

NOEMA_CLONES bool descend_scaled(float* __restrict w, float* __restrict v, const float* __restrict gradient,
                                 const float* __restrict anchor, std::size_t n, float rate, float decay, float share,
                                 float floor) {
  std::uint32_t magnitude = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const float g = gradient[i], square = v[i] + share * (g * g - v[i]);
    magnitude = larger(magnitude, magnitude_bits(g));
    v[i] = square;
    w[i] -= rate * g / __builtin_sqrtf(square + floor) + decay * (w[i] - anchor[i]);
  }
  return magnitude < kInfinityBits;
}

NOEMA_CLONES float sum(const float* x, std::size_t n) {
  Floats sums = all(0);
  for_lanes(
      n, NOEMA_LANES { sums += load(x + i, n_lanes); });
  return total(sums);
}

}  // namespace noema::transformer
