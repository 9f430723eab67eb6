#pragma once
// Packing for the matrix product: parts of a and b are copied into the order in which the tiles read them. Inside
// gemm_kernel.cpp only, which compiles everything here once for each instruction set.

#include <algorithm>
#include <cstring>
#include <utility>

#include "transformer/gemm_views.h"

namespace noema::transformer::gemm {

/// Packing prefetches the row that it needs after so many others.
inline constexpr int kFetched = 16;

/// Two rows, i and i + kStep, of a 16 x 16 square: elements (i, j + kStep) and (i + kStep, j) are exchanged.
template <int kStep, int... j>
NOEMA_INLINE void exchange(Vector<16>::Type& upper, Vector<16>::Type& lower, std::integer_sequence<int, j...>) {
  const auto u = upper, l = lower;
  upper = __builtin_shufflevector(u, l, ((j & kStep) == 0 ? j : 16 + j - kStep)...);
  lower = __builtin_shufflevector(u, l, ((j & kStep) == 0 ? j + kStep : 16 + j)...);
}

/// Transposes a 16 x 16 square by exchanging blocks of size 1, 2, 4 and 8.
template <int kStep = 1>
NOEMA_INLINE void transpose(Vector<16>::Type (&square)[16]) {
#pragma GCC unroll 16
  for (int i = 0; i < 16; ++i)
    if ((i & kStep) == 0) exchange<kStep>(square[i], square[i + kStep], std::make_integer_sequence<int, 16>());
  if constexpr (kStep < 8) transpose<2 * kStep>(square);
}

/// Copies columns [0, columns) of the first `depth` rows of b into a panel [depth, kPanel]; the columns that are left
/// over become zeros.
NOEMA_INLINE void pack_panel(float* panel, const View& b, int depth, int columns) {
  if (columns < kPanel) std::fill_n(panel, static_cast<std::ptrdiff_t>(depth) * kPanel, 0.0F);
  if (columns == kPanel && b.column == 1) {
    for (int k = 0; k < depth; ++k) {
      for (int line = 0; line < kPanel; line += 16) __builtin_prefetch(b.at(k + kFetched, line));
      std::memcpy(panel + k * kPanel, b.at(k, 0), sizeof(float) * kPanel);
    }
    return;
  }
  for (int first = 0; first < depth; first += 16)
    for (int j = 0; j < columns; j += 16) {
      float* to = panel + first * kPanel + j;
      if (b.row == 1 && first + 16 <= depth && j + 16 <= columns) {
        Vector<16>::Type square[16];
        for (int x = 0; x < 16; ++x) std::memcpy(&square[x], b.at(first, j + x), sizeof square[x]);
        transpose(square);
        for (int x = 0; x < 16; ++x) std::memcpy(to + x * kPanel, &square[x], sizeof square[x]);
        continue;
      }
      for (int k = 0; k < std::min(16, depth - first); ++k)
        for (int x = 0; x < std::min(16, columns - j); ++x) to[k * kPanel + x] = *b.at(first + k, j + x);
    }
}

/// Copies kCount rows of a, whose columns are contiguous, into [depth, kCount].
template <int kCount>
NOEMA_INLINE void pack_count(float* packed, const View& a, int depth) {
  for (int k = 0; k < depth; ++k) {
    __builtin_prefetch(a.at(0, k + kFetched));
    std::memcpy(packed + k * kCount, a.at(0, k), sizeof(float) * kCount);
  }
}
/// Calls pack_count for the number of rows, which is one of kCounts + 1.
template <int... kCounts>
NOEMA_INLINE void pack_rows(float* packed, const View& a, int depth, int rows, std::integer_sequence<int, kCounts...>) {
  ((rows == kCounts + 1 ? pack_count<kCounts + 1>(packed, a, depth) : void()), ...);
}

}  // namespace noema::transformer::gemm
