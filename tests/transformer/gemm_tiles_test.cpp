// Tiles go through the kernels, which are what compiles them.
#include "transformer/gemm_tiles.h"

#include <catch2/catch.hpp>
#include <vector>

#include "base/rng.h"
#include "transformer/gemm_kernel.h"

using namespace noema::transformer::gemm;

namespace {

/// Whole numbers small enough that every sum is exact, in any order.
std::vector<float> whole_numbers(int count, std::uint64_t seed) {
  noema::base::Rng rng(seed);
  std::vector<float> values(static_cast<std::size_t>(count));
  for (float& value : values) value = static_cast<float>(static_cast<int>(rng.below(21)) - 10);
  return values;
}

constexpr int kDepth = 37, kStride = 40;

float dot(const View& a, const View& b, int i, int j, int depth) {
  float sum = 0;
  for (int k = 0; k < depth; ++k) sum += *a.at(i, k) * *b.at(k, j);
  return sum;
}

}  // namespace

TEST_CASE("a tile is the product of its rows and columns, written or added, in order or transposed") {
  for (const int lanes : {4, 8, 16}) {
    const Kernel& kernel = kernel_of(lanes);
    const auto left = whole_numbers(kernel.rows * kDepth, 1), right = whole_numbers(kDepth * kPanel, 2);
    const View a(left.data(), kDepth, 1), b(right.data(), kPanel, 1);
    for (int rows = 1; rows <= kernel.rows; ++rows)
      for (const int columns : {1, kernel.columns - 1, kernel.columns})
        for (const bool add : {false, true})
          for (const bool transposed : {false, true})
            for (const Ahead ahead : {Ahead::kNothing, Ahead::kOfA, Ahead::kOfB}) {
              CAPTURE(lanes, rows, columns, add, transposed);
              std::vector<float> c(kStride * kStride, 5), expected = c;
              const std::ptrdiff_t row = transposed ? 1 : kStride, column = transposed ? kStride : 1;
              for (int i = 0; i < rows; ++i)
                for (int j = 0; j < columns; ++j) {
                  float& value = expected[static_cast<std::size_t>(i * row + j * column)];
                  value = (add ? value : 0) + dot(a, b, i, j, kDepth);
                }
              kernel.multiply({rows, columns, kDepth, a, right.data(), kPanel, c.data(), row, column, add, ahead});
              REQUIRE(c == expected);
            }
  }
}

TEST_CASE("a single row is the product, whether the rows or the columns of b are contiguous") {
  for (const int lanes : {4, 8, 16})
    for (const int n : {1, 3, 4, 5, 33})
      for (const int k : {1, 3, 4, 5, 37})
        for (const bool by_columns : {false, true})
          for (const bool add : {false, true}) {
            CAPTURE(lanes, n, k, by_columns, add);
            const auto left = whole_numbers(k, 3), right = whole_numbers(n * k, 4);
            const View a(left.data(), k, 1);
            const View b = by_columns ? View(right.data(), 1, k) : View(right.data(), n, 1);
            std::vector<float> c(static_cast<std::size_t>(n), 2), expected;
            for (int j = 0; j < n; ++j) expected.push_back((add ? 2.0F : 0.0F) + dot(a, b, 0, j, k));
            kernel_of(lanes).multiply_single(n, k, a, b, add, c.data());
            REQUIRE(c == expected);
          }
}
