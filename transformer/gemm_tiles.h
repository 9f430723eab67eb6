#pragma once
// The arithmetic of the matrix product: one tile of c, or one row. Inside gemm_kernel.cpp only, which compiles
// everything here once for each instruction set.

#include <algorithm>
#include <cstring>
#include <utility>

#include "transformer/gemm_views.h"

namespace noema::transformer::gemm {

/// Computes a tile of exactly kTileRows rows and at most two vectors of kLanes columns. The sums stay in registers.
template <Ahead kAhead, int kTileRows, int kLanes>
NOEMA_INLINE void multiply_rows(const Tile& t) {
  using Floats = typename Vector<kLanes>::Type;
  Floats sums[kTileRows][2] = {};
  const float* b = t.b;
  const float* a[kTileRows];
  for (int i = 0; i < kTileRows; ++i) a[i] = t.a.data + i * t.a.row;
  const std::ptrdiff_t a_step = t.a.column;
  if (t.c_column == 1)  // c is not in the cache, and is needed at the end
    for (int i = 0; i < kTileRows; ++i)
      for (int half = 0; half < 2; ++half) __builtin_prefetch(t.c + i * t.c_row + half * kLanes, 1);
  [[maybe_unused]] const float* next = a[kTileRows - 1] + t.a.row;
  [[maybe_unused]] int line = 0;
  for (int k = 0; k < t.depth; ++k, b += t.step) {
    Floats low, high;
    std::memcpy(&low, b, sizeof low);
    std::memcpy(&high, b + kLanes, sizeof high);
    if constexpr (kAhead == Ahead::kOfB) {
      __builtin_prefetch(b + 2 * kLanes);
      __builtin_prefetch(b + 3 * kLanes);
    } else if constexpr (kAhead == Ahead::kOfA) {
      __builtin_prefetch(next + line);
      if ((line += kLanes) >= t.depth) line = 0, next += t.a.row;
    }
#pragma GCC unroll 16
    for (int i = 0; i < kTileRows; ++i) {
      const float factor = a[i][k * a_step];
      sums[i][0] += factor * low;
      sums[i][1] += factor * high;
    }
  }
  if (t.columns == 2 * kLanes && t.c_column == 1) {
#pragma GCC unroll 16
    for (int i = 0; i < kTileRows; ++i)
      for (int half = 0; half < 2; ++half) {
        float* c = t.c + i * t.c_row + half * kLanes;
        Floats old = {};
        if (t.add) std::memcpy(&old, c, sizeof old);
        old += sums[i][half];
        std::memcpy(c, &old, sizeof old);
      }
    return;
  }
  float whole[kTileRows][2 * kLanes];
  std::memcpy(whole, sums, sizeof whole);
  for (int j = 0; j < t.columns; ++j)
    for (int i = 0; i < kTileRows; ++i) {
      float& c = t.c[i * t.c_row + j * t.c_column];
      c = t.add ? c + whole[i][j] : whole[i][j];
    }
}

/// Calls multiply_rows for the number of rows, which is one of kCounts + 1.
template <int kLanes, int... kCounts>
NOEMA_INLINE void multiply_tile(const Tile& t, std::integer_sequence<int, kCounts...>) {
  switch (t.ahead) {
    case Ahead::kNothing:
      ((t.rows == kCounts + 1 ? multiply_rows<Ahead::kNothing, kCounts + 1, kLanes>(t) : void()), ...);
      break;
    case Ahead::kOfA:
      ((t.rows == kCounts + 1 ? multiply_rows<Ahead::kOfA, kCounts + 1, kLanes>(t) : void()), ...);
      break;
    case Ahead::kOfB:
      ((t.rows == kCounts + 1 ? multiply_rows<Ahead::kOfB, kCounts + 1, kLanes>(t) : void()), ...);
      break;
  }
}

/// Computes one row of c where the rows of b are contiguous: adds 4 rows of b at a time, in order.
template <int kLanes>
NOEMA_INLINE void multiply_row(int n, int k, const View& a, const View& b, bool add, float* c) {
  using Floats = typename Vector<kLanes>::Type;
  constexpr int kAtOnce = 4;
  if (!add) std::fill_n(c, n, 0.0F);
  for (int x = 0; x < k; x += kAtOnce) {
    const float* rows[kAtOnce];
    float factors[kAtOnce];
    for (int i = 0; i < kAtOnce; ++i) {
      rows[i] = b.at(std::min(x + i, k - 1), 0);
      factors[i] = x + i < k ? *a.at(0, x + i) : 0;
    }
    int column = 0;
    for (; column + kLanes <= n; column += kLanes) {
      Floats sum, row;
      std::memcpy(&sum, c + column, sizeof sum);
#pragma GCC unroll 4
      for (int i = 0; i < kAtOnce; ++i) {
        std::memcpy(&row, rows[i] + column, sizeof row);
        sum += factors[i] * row;
      }
      std::memcpy(c + column, &sum, sizeof sum);
    }
    for (; column < n; ++column)
      for (int i = 0; i < kAtOnce; ++i) c[column] += factors[i] * rows[i][column];
  }
}

/// Computes one row of c where a and the columns of b are contiguous: dot products, 4 at a time.
template <int kLanes>
NOEMA_INLINE void multiply_dots(int n, int k, const float* a, const View& b, bool add, float* c) {
  using Floats = typename Vector<kLanes>::Type;
  constexpr int kAtOnce = 4;
  for (int column = 0; column < n; column += kAtOnce) {
    const int count = std::min(kAtOnce, n - column);
    Floats sums[kAtOnce] = {};
    int x = 0;
    for (; x + kLanes <= k; x += kLanes) {
      Floats left;
      std::memcpy(&left, a + x, sizeof left);
#pragma GCC unroll 4
      for (int i = 0; i < kAtOnce; ++i) {
        Floats right;
        std::memcpy(&right, b.at(x, column + std::min(i, count - 1)), sizeof right);
        sums[i] += left * right;
      }
    }
    for (int i = 0; i < count; ++i) {
      float sum = add ? c[column + i] : 0;
      for (int lane = 0; lane < kLanes; ++lane) sum += sums[i][lane];
      for (int rest = x; rest < k; ++rest) sum += a[rest] * *b.at(rest, column + i);
      c[column + i] = sum;
    }
  }
}

/// Computes one row of c.
template <int kLanes>
NOEMA_INLINE void multiply_single(int n, int k, const View& a, const View& b, bool add, float* c) {
  if (b.column == 1)
    multiply_row<kLanes>(n, k, a, b, add, c);
  else
    multiply_dots<kLanes>(n, k, a.data, b, add, c);
}

}  // namespace noema::transformer::gemm
