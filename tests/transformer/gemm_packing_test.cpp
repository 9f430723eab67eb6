// Packing goes through the kernels, which are what compiles it.
#include "transformer/gemm_packing.h"

#include <catch2/catch.hpp>
#include <vector>

#include "tests/transformer/numbers.h"
#include "transformer/gemm_kernel.h"

using namespace noema::transformer::gemm;
using noema::transformer::testing::random_floats;

namespace {

/// Room behind the matrix, which packing may prefetch but not read.
constexpr int kMostColumns = 40;

}  // namespace

TEST_CASE("a panel holds the columns of b, row by row, and zeros in those that are left over") {
  for (const int lanes : {4, 8, 16})
    for (const int depth : {1, 15, 16, 17, 40})
      for (const int columns : {1, 15, 16, 20, 31, 32})
        for (const bool transposed : {false, true}) {
          CAPTURE(lanes, depth, columns, transposed);
          const auto data = random_floats(static_cast<std::size_t>(depth) * kMostColumns, 1, 3);
          const View b = transposed ? View(data.data(), 1, depth) : View(data.data(), kMostColumns, 1);
          std::vector<float> panel(static_cast<std::size_t>(depth * kPanel), -1), expected(panel.size());
          for (int k = 0; k < depth; ++k)
            for (int j = 0; j < columns; ++j) expected[static_cast<std::size_t>(k * kPanel + j)] = *b.at(k, j);
          kernel_of(lanes).pack(panel.data(), b, depth, columns);
          REQUIRE(panel == expected);
        }
}

TEST_CASE("packed rows of a stand side by side, one group for each step of the depth") {
  for (const int lanes : {4, 8, 16}) {
    const Kernel& kernel = kernel_of(lanes);
    for (int rows = 1; rows <= kernel.rows; ++rows) {
      CAPTURE(lanes, rows);
      constexpr int kDepth = 21;
      const auto data = random_floats(static_cast<std::size_t>(kDepth * kMostColumns), 1, 4);
      const View a(data.data(), 1, kMostColumns);  // its columns are contiguous
      std::vector<float> packed(static_cast<std::size_t>(kDepth * rows)), expected;
      for (int k = 0; k < kDepth; ++k)
        for (int i = 0; i < rows; ++i) expected.push_back(*a.at(i, k));
      kernel.pack_rows(packed.data(), a, kDepth, rows);
      REQUIRE(packed == expected);
    }
  }
}
