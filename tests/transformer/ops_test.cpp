#include "transformer/ops.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <functional>

#include "base/rng.h"

using namespace noema::transformer;
using noema::base::Rng;

namespace {

using Floats = std::vector<float>;

Floats random_floats(int n, std::uint64_t seed, double deviation = 1) {
  Rng rng(seed);
  Floats values(static_cast<std::size_t>(n));
  for (float& value : values) value = static_cast<float>(deviation * rng.normal());
  return values;
}

/// sum(output * direction): a scalar whose gradient with respect to the output is `direction`.
double along(const Floats& output, const Floats& direction) {
  double sum = 0;
  for (std::size_t i = 0; i < output.size(); ++i)
    sum += static_cast<double>(output[i]) * static_cast<double>(direction[i]);
  return sum;
}

/// The central difference of f with respect to x.
double slope(float& x, const std::function<double()>& f, float step = 2e-3F) {
  const float kept = x;
  x = kept + step;
  const double up = f();
  x = kept - step;
  const double down = f();
  x = kept;
  return (up - down) / (2 * static_cast<double>(step));
}

/// Central differences of f with respect to each element of x against `gradient`.
void require_gradient(Floats& x, const Floats& gradient, const std::function<double()>& f) {
  for (std::size_t i = 0; i < x.size(); ++i)
    REQUIRE(static_cast<double>(gradient[i]) == Approx(slope(x[i], f)).epsilon(2e-3).margin(2e-3));
}

}  // namespace

TEST_CASE("the gradient of a linear map agrees with finite differences") {
  const int rows = 3, in = 5, out = 4;
  auto x = random_floats(rows * in, 1), w = random_floats(in * out, 2);
  const auto dy = random_floats(rows * out, 3);
  Floats y(static_cast<std::size_t>(rows * out)), dx(x.size()), dw(w.size());
  const auto f = [&] {
    linear(y.data(), x.data(), w.data(), rows, in, out);
    return along(y, dy);
  };
  linear_backward_input(dx.data(), dy.data(), w.data(), rows, in, out);
  linear_backward_weights(dw.data(), x.data(), dy.data(), rows, in, out, 0, 3, false);
  linear_backward_weights(dw.data(), x.data(), dy.data(), rows, in, out, 3, out, false);
  require_gradient(x, dx, f);
  require_gradient(w, dw, f);
}

TEST_CASE("the gradient of RMSNorm agrees with finite differences") {
  const int rows = 3, width = 21;
  auto x = random_floats(rows * width, 1), gain = random_floats(width, 2);
  const auto dy = random_floats(rows * width, 3);
  Floats y(x.size()), inverse(3), dx(x.size()), dgain(gain.size());
  const auto f = [&] {
    rms_norm(y.data(), inverse.data(), x.data(), gain.data(), rows, width);
    return along(y, dy);
  };
  f();
  rms_norm_backward(dx.data(), dgain.data(), dy.data(), x.data(), gain.data(), inverse.data(), rows, width);
  require_gradient(x, dx, f);
  require_gradient(gain, dgain, f);
}

TEST_CASE("the gradient of SwiGLU agrees with finite differences") {
  const int rows = 2, hidden = 19;
  auto gate_up = random_floats(rows * 2 * hidden, 1, 2);
  const auto dy = random_floats(rows * hidden, 2);
  Floats y(dy.size()), dgate_up(gate_up.size());
  const auto f = [&] {
    swiglu(y.data(), gate_up.data(), rows, hidden);
    return along(y, dy);
  };
  swiglu_backward(dgate_up.data(), dy.data(), gate_up.data(), rows, hidden);
  require_gradient(gate_up, dgate_up, f);
}

TEST_CASE("rotary positions turn back, keep lengths, and make products depend on the distance alone") {
  const Rotary rotary(32, 8);
  auto q = random_floats(16, 1), k = random_floats(16, 2);
  const auto product = [&](int at_q, int at_k) {
    auto a = q, b = k;
    rotary.turn(a.data(), at_q, 2);
    rotary.turn(b.data(), at_k, 2);
    return along(a, b);
  };
  REQUIRE(product(3, 1) == Approx(product(20, 18)).epsilon(1e-4));
  REQUIRE(product(3, 1) != Approx(product(3, 2)).epsilon(1e-4));
  auto turned = q;
  rotary.turn(turned.data(), 17, 2);
  REQUIRE(along(turned, turned) == Approx(along(q, q)).epsilon(1e-5));
  rotary.turn(turned.data(), 17, 2, true);
  for (std::size_t i = 0; i < q.size(); ++i) REQUIRE(turned[i] == Approx(q[i]).margin(1e-5));
}

TEST_CASE("attention agrees with its formula under causal, prefix and bidirectional masks") {
  const int n = 6, heads = 2, d = 4, width = heads * d;
  const auto q = random_floats(n * width, 1), k = random_floats(n * width, 2), v = random_floats(n * width, 3);
  for (int prefix : {0, 3, n}) {
    Floats out(q.size()), weights(static_cast<std::size_t>(heads * n * n));
    attention(out.data(), weights.data(), q.data(), k.data(), v.data(), width, width, {n, n, heads, heads, d, prefix});
    for (int h = 0; h < heads; ++h)
      for (int i = 0; i < n; ++i) {
        std::vector<double> e(static_cast<std::size_t>(n));
        double sum = 0;
        for (int j = 0; j < n; ++j) {
          if (j > i && j >= prefix) continue;
          double product = 0;
          for (int c = 0; c < d; ++c)
            product += static_cast<double>(q[static_cast<std::size_t>(i * width + h * d + c)]) *
                       static_cast<double>(k[static_cast<std::size_t>(j * width + h * d + c)]);
          sum += e[static_cast<std::size_t>(j)] = std::exp(product / 2);
        }
        for (int c = 0; c < d; ++c) {
          double expected = 0;
          for (int j = 0; j < n; ++j)
            expected += e[static_cast<std::size_t>(j)] / sum *
                        static_cast<double>(v[static_cast<std::size_t>(j * width + h * d + c)]);
          REQUIRE(out[static_cast<std::size_t>(i * width + h * d + c)] == Approx(expected).margin(1e-5));
        }
      }
  }
}

TEST_CASE("the gradient of attention agrees with finite differences under each mask") {
  const int n = 5, heads = 2, d = 4, width = heads * d;
  auto qkv = random_floats(n * 3 * width, 1);
  const auto dout = random_floats(n * width, 2);
  for (int prefix : {0, 3, n}) {
    const Attention a{n, n, heads, heads, d, prefix};
    Floats out(dout.size()), weights(static_cast<std::size_t>(heads * n * n)), dqkv(qkv.size()),
        scratch(static_cast<std::size_t>(n * n));
    const auto f = [&] {
      attention(out.data(), weights.data(), qkv.data(), qkv.data() + width, qkv.data() + 2 * width, 3 * width,
                3 * width, a);
      return along(out, dout);
    };
    f();
    attention_backward(dqkv.data(), dqkv.data() + width, dqkv.data() + 2 * width, scratch.data(), dout.data(),
                       weights.data(), qkv.data(), qkv.data() + width, qkv.data() + 2 * width, 3 * width, a);
    require_gradient(qkv, dqkv, f);
  }
}

TEST_CASE("attention over more queries than a block: the same bits whatever comes after, and the gradient") {
  const int heads = 2, d = 4, width = heads * d, stride = 2 * width;  // both heads read the same keys and values
  for (int n : {49, 97, 100})
    for (int prefix : {0, 40, n}) {
      INFO(n << " prefix " << prefix);
      auto qkv = random_floats((n + 1) * stride, 1);
      const auto dout = random_floats(n * width, 2);
      const auto read = [&](Floats& out, Floats& weights, int queries, int seen_by_all) {
        attention(out.data(), weights.data(), qkv.data(), qkv.data() + width, qkv.data() + width + d, stride, stride,
                  {queries, queries, heads, 1, d, seen_by_all});
      };
      Floats out(static_cast<std::size_t>((n + 1) * width)), longer(out.size()),
          weights(static_cast<std::size_t>(heads * (n + 1) * (n + 1)));
      read(longer, weights, n + 1, prefix == n ? 0 : prefix);
      read(out, weights, n, prefix == n ? 0 : prefix);
      for (std::size_t i = 0; i < dout.size(); ++i) REQUIRE(out[i] == longer[i]);

      const auto f = [&] {
        read(out, weights, n, prefix);
        return along(Floats(out.begin(), out.begin() + n * width), dout);
      };
      f();
      Floats dqkv(qkv.size()), scratch(static_cast<std::size_t>(n * n));
      attention_backward(dqkv.data(), dqkv.data() + width, dqkv.data() + width + d, scratch.data(), dout.data(),
                         weights.data(), qkv.data(), qkv.data() + width, qkv.data() + width + d, stride,
                         {n, n, heads, 1, d, prefix});
      Rng rng(7);
      for (int trial = 0; trial < 40; ++trial) {
        const auto i = static_cast<std::size_t>(rng.below(static_cast<std::uint64_t>(n * stride)));
        REQUIRE(static_cast<double>(dqkv[i]) == Approx(slope(qkv[i], f)).epsilon(5e-3).margin(5e-3));
      }
    }
}

TEST_CASE("the gradient of the embedding adds up the rows of a repeated token") {
  const std::vector<Token> tokens = {4, 2, 4};
  auto table = random_floats(6 * 3, 1);
  const auto dx = random_floats(9, 2);
  Floats x(9), dtable(table.size());
  embedding_backward(dtable.data(), dx.data(), tokens, 3);
  require_gradient(table, dtable, [&] {
    embedding(x.data(), table.data(), tokens, 3);
    return along(x, dx);
  });
}

TEST_CASE("the gradient of the cross-entropy agrees with finite differences, and targets left out count nothing") {
  const int width = 6, vocabulary = 23;
  const std::vector<Token> targets = {7, -1, 22, 4};
  auto h = random_floats(4 * width, 1), table = random_floats(vocabulary * width, 2);
  Floats dh(h.size()), dtable(table.size()), losses(4), scratch;
  const auto f = [&] {
    return 0.5 *
           cross_entropy(nullptr, nullptr, nullptr, h.data(), table.data(), targets, width, vocabulary, 1, scratch);
  };
  const double loss = cross_entropy(losses.data(), dh.data(), dtable.data(), h.data(), table.data(), targets, width,
                                    vocabulary, 0.5F, scratch);
  REQUIRE(loss == Approx(2 * f()).epsilon(1e-5));
  REQUIRE(losses[1] == 0);
  REQUIRE(static_cast<double>(losses[0] + losses[2] + losses[3]) == Approx(loss).epsilon(1e-5));
  require_gradient(h, dh, f);
  require_gradient(table, dtable, f);
}

TEST_CASE("the cross-entropy does not depend on how rows fall into chunks") {
  const int width = 8, vocabulary = 40, rows = 300;
  Rng rng(1);
  std::vector<Token> targets;
  for (int i = 0; i < rows; ++i) targets.push_back(kSpecials + static_cast<Token>(rng.below(36)));
  const auto h = random_floats(rows * width, 2), table = random_floats(vocabulary * width, 3);
  Floats scratch;
  double parts = 0;
  for (int i = 0; i < rows; i += 7) {
    const std::size_t n = static_cast<std::size_t>(std::min(7, rows - i));
    parts += cross_entropy(nullptr, nullptr, nullptr, h.data() + i * width, table.data(),
                           std::span(targets).subspan(static_cast<std::size_t>(i), n), width, vocabulary, 1, scratch);
  }
  REQUIRE(cross_entropy(nullptr, nullptr, nullptr, h.data(), table.data(), targets, width, vocabulary, 1, scratch) ==
          Approx(parts).epsilon(1e-6));
}

TEST_CASE("the logits of many tokens over a large vocabulary are never whole in memory") {
  const int rows = 600, width = 4, vocabulary = 33000;
  const auto h = random_floats(rows * width, 1), table = random_floats(vocabulary * width, 2);
  Floats dh(h.size()), dtable(table.size()), scratch;
  const std::vector<Token> targets(rows, kSpecials + 7);
  cross_entropy(nullptr, dh.data(), dtable.data(), h.data(), table.data(), targets, width, vocabulary, 1, scratch);
  REQUIRE(scratch.size() < static_cast<std::size_t>(rows) * vocabulary / 3);
}
