// The matrix product: what kernels_test.cpp does not say of it.

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <thread>

#include "tests/transformer/numbers.h"
#include "transformer/buffers.h"
#include "transformer/kernels.h"

using namespace noema::transformer;
using testing::random_floats;

namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

/// Whole numbers small enough that every sum is exact, in any order.
std::vector<float> whole_numbers(std::size_t n, std::uint64_t seed) {
  noema::base::Rng rng(seed);
  std::vector<float> values(n);
  for (float& value : values) value = static_cast<float>(static_cast<int>(rng.below(21)) - 10);
  return values;
}

std::vector<float> three_loops(int m, int n, int k, const std::vector<float>& a, const std::vector<float>& b) {
  std::vector<float> c(size(m) * size(n));
  for (int i = 0; i < m; ++i)
    for (int j = 0; j < n; ++j)
      for (int l = 0; l < k; ++l)
        c[size(i) * size(n) + size(j)] += a[size(i) * size(k) + size(l)] * b[size(l) * size(n) + size(j)];
  return c;
}

}  // namespace

TEST_CASE("a product by hand") {
  const std::vector<float> a = {1, 2, 3, 4, 5, 6}, b = {7, 8, 9, 10, 11, 12};
  std::vector<float> c(4);
  matmul(2, 2, 3, {a.data(), 3}, {b.data(), 2}, 0, c.data(), 2);
  CHECK(c == std::vector<float>{58, 64, 139, 154});
  matmul(2, 2, 3, {a.data(), 3}, {b.data(), 3, true}, 0, c.data(), 2);
  CHECK(c == std::vector<float>{50, 68, 122, 167});
  matmul(3, 3, 2, {a.data(), 3, true}, {b.data(), 3}, 0, (c.resize(9), c.data()), 3);
  CHECK(c == std::vector<float>{47, 52, 57, 64, 71, 78, 81, 90, 99});
}

TEST_CASE("products of whole numbers are exact at every size around a tile, a panel and a block, on any CPU") {
  for (int m : {1, 2, 6, 12, 13, 48, 49, 128, 129})
    for (int n : {1, 31, 33, 513})
      for (int k : {1, 15, 17, 256, 258}) {
        const auto a = whole_numbers(size(m) * size(k), 1), b = whole_numbers(size(k) * size(n), 2);
        const auto expected = three_loops(m, n, k, a, b);
        for (int lanes : {4, 8, 16}) {
          std::vector<float> c(size(m) * size(n), kNan);
          matmul(m, n, k, {a.data(), k}, {b.data(), n}, 0, c.data(), n, lanes);
          CAPTURE(m, n, k, lanes);
          REQUIRE(c == expected);
        }
      }
}

TEST_CASE("a packed factor gives the bits of the product of the matrix it was packed from") {
  PackedMatrix packed;  // packed again and again, larger and smaller
  for (int n : {1, 32, 33, 520, 40})
    for (int k : {300, 1, 256, 16})
      for (bool transposed : {false, true}) {
        const auto b = random_floats(size(n) * size(k), 1, 2);
        const Matrix right{b.data(), transposed ? k : n, transposed};
        packed.pack(k, n, right);
        for (int m : {2, 5, 60, 131}) {
          const auto a = random_floats(size(m) * size(k), 1, 1);
          std::vector<float> c(size(m) * size(n), kNan), expected(c.size());
          matmul(m, {a.data(), k}, packed, c.data(), n);
          matmul(m, n, k, {a.data(), k}, right, 0, expected.data(), n);
          CAPTURE(m, n, k, transposed);
          REQUIRE(c == expected);
        }
      }
}

TEST_CASE("beta 0 overwrites what was there, were it not even a number; other betas scale it") {
  const std::vector<float> a = {1, 2}, b = {3, 4};
  for (int m : {1, 2}) {
    std::vector<float> c(size(m), kNan);
    matmul(m, 1, 2 / m, {a.data(), 2 / m}, {b.data(), 1}, 0, c.data(), 1);
    for (float value : c) CHECK(std::isfinite(value));
  }
  std::vector<float> c = {10, 20};
  matmul(1, 2, 1, {a.data(), 1}, {b.data(), 2}, 1, c.data(), 2);
  CHECK(c == std::vector<float>{13, 24});
  matmul(1, 2, 1, {a.data(), 1}, {b.data(), 2}, -2, c.data(), 2);
  CHECK(c == std::vector<float>{-23, -44});
}

TEST_CASE("a product without terms scales what is there, one without rows or columns touches nothing") {
  std::vector<float> c = {1, 2, 3, 4};
  matmul(2, 2, 0, {nullptr, 0}, {nullptr, 2}, 0.5F, c.data(), 2);
  CHECK(c == std::vector<float>{0.5F, 1, 1.5F, 2});
  matmul(2, 2, 0, {nullptr, 0}, {nullptr, 2}, 1, c.data(), 2);
  CHECK(c == std::vector<float>{0.5F, 1, 1.5F, 2});
  const std::vector<float> a = {1, 2};
  matmul(0, 2, 1, {a.data(), 1}, {a.data(), 2}, 0, c.data(), 2);
  matmul(2, 0, 1, {a.data(), 1}, {a.data(), 0}, 0, c.data(), 2);
  CHECK(c == std::vector<float>{0.5F, 1, 1.5F, 2});
}

TEST_CASE("what lies between rows is neither read nor written") {
  constexpr int kM = 50, kN = 37, kK = 20;
  const auto a = whole_numbers(kM * kK, 1), b = whole_numbers(kK * kN, 2);
  std::vector<float> wide_a(kM * (kK + 3), kNan), wide_b(kK * (kN + 5), kNan), c(kM * (kN + 2), -1.0F);
  for (int i = 0; i < kM; ++i) std::copy_n(a.begin() + at(i, kK), kK, wide_a.begin() + at(i, kK + 3));
  for (int i = 0; i < kK; ++i) std::copy_n(b.begin() + at(i, kN), kN, wide_b.begin() + at(i, kN + 5));
  matmul(kM, kN, kK, {wide_a.data(), kK + 3}, {wide_b.data(), kN + 5}, 0, c.data(), kN + 2);
  const auto expected = three_loops(kM, kN, kK, a, b);
  for (int i = 0; i < kM; ++i)
    for (int j = 0; j < kN + 2; ++j) {
      const float found = c[size(i) * (kN + 2) + size(j)];
      REQUIRE(found == (j < kN ? expected[size(i) * kN + size(j)] : -1.0F));
    }
}

TEST_CASE("a number that is not finite spoils its own row or column and no other") {
  constexpr int kM = 20, kN = 40, kK = 30;
  auto a = random_floats(kM * kK, 1, 1), b = random_floats(kK * kN, 1, 2);
  a[3 * kK + 7] = kNan;
  b[5 * kN + 11] = kNan;
  std::vector<float> c(kM * kN);
  matmul(kM, kN, kK, {a.data(), kK}, {b.data(), kN}, 0, c.data(), kN);
  for (int i = 0; i < kM; ++i)
    for (int j = 0; j < kN; ++j) REQUIRE(std::isnan(c[size(i) * kN + size(j)]) == (i == 3 || j == 11));
}

TEST_CASE("products side by side on several threads have the bits of one after the other") {
  constexpr int kM = 60, kN = 70, kK = 300;
  const auto product = [&](std::uint64_t seed) {
    const auto a = random_floats(kM * kK, 1, seed), b = random_floats(kK * kN, 1, seed + 100);
    std::vector<float> c(kM * kN);
    for (bool transposed : {false, true})
      matmul(kM, kN, kK, {a.data(), transposed ? kM : kK, transposed}, {b.data(), kN}, transposed ? 1.0F : 0.0F,
             c.data(), kN);
    return c;
  };
  std::vector<std::vector<float>> found(4);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < found.size(); ++i) threads.emplace_back([&, i] { found[i] = product(i); });
  for (std::thread& thread : threads) thread.join();
  for (std::size_t i = 0; i < found.size(); ++i) REQUIRE(found[i] == product(i));
}
