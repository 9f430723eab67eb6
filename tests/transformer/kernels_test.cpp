#include "transformer/kernels.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "base/rng.h"

using namespace noema::transformer;
using noema::base::Rng;

namespace {

std::vector<float> random_floats(std::size_t n, double deviation, std::uint64_t seed) {
  Rng rng(seed);
  std::vector<float> values(n);
  for (float& value : values) value = static_cast<float>(deviation * rng.normal());
  return values;
}

const std::size_t kLengths[] = {1, 2, 15, 16, 17, 31, 33, 64, 1000};

}  // namespace

TEST_CASE("softmax and log sum exp agree with the plain formula") {
  for (std::size_t n : kLengths) {
    auto x = random_floats(n, 6, n);
    double sum = 0;
    for (float value : x) sum += std::exp(0.5 * static_cast<double>(value));
    const auto before = x;
    const float normaliser = softmax(x.data(), n, 0.5F);
    REQUIRE(normaliser == Approx(std::log(sum)).epsilon(1e-5));
    for (std::size_t i = 0; i < n; ++i)
      REQUIRE(x[i] == Approx(std::exp(0.5 * static_cast<double>(before[i])) / sum).epsilon(2e-6).margin(1e-12));
    double plain = 0;
    for (float value : before) plain += std::exp(static_cast<double>(value));
    REQUIRE(log_sum_exp(before.data(), n) == Approx(std::log(plain)).epsilon(1e-5));
  }
}

TEST_CASE("softmax bears very large and very small numbers") {
  std::vector<float> x = {1000, 999, -1000};
  softmax(x.data(), 3, 1);
  REQUIRE(x[0] == Approx(0.7310586).epsilon(1e-5));
  REQUIRE(x[2] == Approx(0).margin(1e-30));
}

TEST_CASE("a matrix product agrees with three loops, transposed or not") {
  const int m = 7, n = 5, k = 9;
  const auto a = random_floats(static_cast<std::size_t>(m * k), 1, 1),
             b = random_floats(static_cast<std::size_t>(k * n), 1, 2);
  for (bool ta : {false, true})
    for (bool tb : {false, true}) {
      std::vector<float> c(static_cast<std::size_t>(m * n), 2.0F);
      matmul(m, n, k, {a.data(), ta ? m : k, ta}, {b.data(), tb ? k : n, tb}, 0.5F, c.data(), n);
      for (int i = 0; i < m; ++i)
        for (int j = 0; j < n; ++j) {
          double expected = 1;
          for (int l = 0; l < k; ++l)
            expected += static_cast<double>(a[static_cast<std::size_t>(ta ? l * m + i : i * k + l)]) *
                        static_cast<double>(b[static_cast<std::size_t>(tb ? j * k + l : l * n + j)]);
          REQUIRE(c[static_cast<std::size_t>(i * n + j)] == Approx(expected).margin(1e-5));
        }
    }
}

TEST_CASE("dropout keeps the expected share, scales what it keeps, and repeats itself for a seed") {
  std::vector<float> x(100000, 1.0F), again = x, other = x;
  dropout(x.data(), x.size(), 0.3F, 5);
  dropout(again.data(), again.size(), 0.3F, 5);
  dropout(other.data(), other.size(), 0.3F, 6);
  REQUIRE(x == again);
  REQUIRE(x != other);
  double kept = 0, neighbours = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    REQUIRE((x[i] == 0 || x[i] == Approx(1 / 0.7)));
    kept += x[i] != 0;
    if (i > 0) neighbours += x[i] != 0 && x[i - 1] != 0;
  }
  REQUIRE(kept / 100000 == Approx(0.7).margin(0.01));
  REQUIRE(neighbours / 100000 == Approx(0.49).margin(0.01));
}

TEST_CASE("adding, scaling and dot products reach every element") {
  for (std::size_t n : kLengths) {
    const auto a = random_floats(n, 1, 1), b = random_floats(n, 1, 2);
    auto y = a;
    add(y.data(), b.data(), n);
    multiply(y.data(), n, 3);
    add_scalar(y.data(), n, 1);
    double expected = 0;
    for (std::size_t i = 0; i < n; ++i) {
      REQUIRE(y[i] == Approx((a[i] + b[i]) * 3 + 1).margin(1e-5));
      expected += static_cast<double>(a[i]) * static_cast<double>(b[i]);
    }
    REQUIRE(dot(a.data(), b.data(), n) == Approx(expected).margin(1e-4));
  }
}

TEST_CASE("AdamW follows its definition") {
  std::vector<float> w = {1, -2, 3}, m(3), v(3);
  const std::vector<float> gradient = {0.5F, -0.25F, 0};
  adamw(w.data(), m.data(), v.data(), gradient.data(), 3, {0.1F, 0.9F, 0.99F, 1e-8F, 0.01F, 2.0F, 0.1F, 0.01F});
  // After one step m / c1 = g and v / c2 = g^2: a step of one learning rate against the sign, and the decay.
  REQUIRE(w[0] == Approx(1 - 0.1 * (1 + 0.01 * 1)));
  REQUIRE(w[1] == Approx(-2 - 0.1 * (-1 + 0.01 * -2)));
  REQUIRE(w[2] == Approx(3 - 0.1 * 0.01 * 3));
}

TEST_CASE("descending agrees with the plain formulas, for any length") {
  noema::base::Rng rng(3);
  for (std::size_t n : {std::size_t{1}, std::size_t{16}, std::size_t{37}}) {
    std::vector<float> w(n), v(n), g(n), anchor(n);
    for (auto* x : {&w, &v, &g, &anchor})
      for (float& value : *x) value = static_cast<float>(rng.normal());
    for (float& square : v) square *= square;
    auto plain = w, scaled = w, squares = v;
    descend(plain.data(), g.data(), anchor.data(), n, 0.1F, 0.01F);
    descend_scaled(scaled.data(), squares.data(), g.data(), anchor.data(), n, 0.1F, 0.01F, 0.25F, 0.5F);
    double all = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const double back = 0.01 * (double{w[i]} - double{anchor[i]}), gradient = double{g[i]};
      const double square = 0.75 * double{v[i]} + 0.25 * gradient * gradient;
      REQUIRE(plain[i] == Approx(double{w[i]} - 0.1 * gradient - back).margin(1e-6));
      REQUIRE(squares[i] == Approx(square).margin(1e-6));
      REQUIRE(scaled[i] == Approx(double{w[i]} - 0.1 * gradient / std::sqrt(square + 0.5) - back).margin(1e-6));
      all += double{w[i]};
    }
    REQUIRE(sum(w.data(), n) == Approx(all).margin(1e-5));
  }
}
