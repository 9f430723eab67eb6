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

namespace {

struct Product {
  int m, n, k;
  bool a_transposed, b_transposed;
  float beta;
};

/// c for random a, b and c, by matmul and by three loops.
std::pair<std::vector<float>, std::vector<double>> products(const Product& p, int most_lanes = 16) {
  const auto size = [](int rows, int columns) {
    return static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns);
  };
  const auto a = random_floats(size(p.m, p.k), 1, 1), b = random_floats(size(p.k, p.n), 1, 2);
  const int stride = p.n + 3;
  auto c = random_floats(size(p.m, stride), 1, 3);
  std::vector<double> expected(c.begin(), c.end());
  for (int i = 0; i < p.m; ++i)
    for (int j = 0; j < p.n; ++j) {
      double& sum = expected[size(i, stride) + static_cast<std::size_t>(j)];
      sum *= static_cast<double>(p.beta);
      for (int l = 0; l < p.k; ++l)
        sum += static_cast<double>(a[static_cast<std::size_t>(p.a_transposed ? l * p.m + i : i * p.k + l)]) *
               static_cast<double>(b[static_cast<std::size_t>(p.b_transposed ? j * p.k + l : l * p.n + j)]);
    }
  matmul(p.m, p.n, p.k, {a.data(), p.a_transposed ? p.m : p.k, p.a_transposed},
         {b.data(), p.b_transposed ? p.k : p.n, p.b_transposed}, p.beta, c.data(), stride, most_lanes);
  return {c, expected};
}

}  // namespace

TEST_CASE("a matrix product agrees with three loops, whatever its size, transposed or not, and leaves the rest alone") {
  for (int m : {1, 2, 7, 13, 49, 130})
    for (int n : {1, 5, 31, 32, 33, 70, 515})
      for (int k : {1, 9, 16, 64, 257})
        for (int way = 0; way < 4; ++way) {
          const auto [c, expected] = products({m, n, k, way % 2 == 1, way / 2 == 1,
                                               m % 2 == 0 ? 0.5F
                                               : n % 2    ? 0.0F
                                                          : 1.0F});
          bool agrees = true;
          for (std::size_t i = 0; i < c.size(); ++i)
            agrees = agrees && std::abs(static_cast<double>(c[i]) - expected[i]) < 1e-4 * std::sqrt(k);
          CAPTURE(m, n, k, way);
          REQUIRE(agrees);
        }
}

TEST_CASE("a product of no terms is zero") {
  const auto [c, expected] = products({3, 4, 0, false, false, 0});
  for (std::size_t i = 0; i < c.size(); ++i) REQUIRE(c[i] == Approx(expected[i]));
}

TEST_CASE("a row of a matrix product has the same bits beside any other rows, and with vectors of 8 and of 16 floats") {
  for (bool b_transposed : {false, true}) {
    const auto [c, unused] = products({60, 300, 300, false, b_transposed, 0});
    const auto [narrow, unused2] = products({60, 300, 300, false, b_transposed, 0}, 8);
    REQUIRE(c == narrow);
    // The same rows of a, fewer of them: another way through the product.
    const auto [few, unused3] = products({20, 300, 300, false, b_transposed, 0});
    const auto [fewer, unused4] = products({2, 300, 300, false, b_transposed, 0});
    for (std::size_t j = 0; j < 300; ++j) {
      if (!b_transposed) REQUIRE(few[j] == fewer[j]);
      REQUIRE(few[303 + j] == fewer[303 + j]);
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

TEST_CASE("descending says whether all of the gradient is finite, wherever in it a number is not") {
  for (const std::size_t n : {1, 15, 16, 17, 100})
    for (const float bad : {NAN, INFINITY, -INFINITY})
      for (const std::size_t at : {std::size_t{0}, n / 2, n - 1}) {
        std::vector<float> w(n, 1.0F), squares(n, 1.0F), gradient(n, -3.0e38F);
        const std::vector<float> anchor(n, 1.0F);
        CHECK(descend(w.data(), gradient.data(), anchor.data(), n, 0.1F, 0.01F));
        CHECK(descend_scaled(w.data(), squares.data(), gradient.data(), anchor.data(), n, 0.1F, 0.01F, 0.25F, 0.5F));
        gradient[at] = bad;
        CHECK_FALSE(descend(w.data(), gradient.data(), anchor.data(), n, 0.1F, 0.01F));
        CHECK_FALSE(
            descend_scaled(w.data(), squares.data(), gradient.data(), anchor.data(), n, 0.1F, 0.01F, 0.25F, 0.5F));
      }
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
