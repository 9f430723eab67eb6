#pragma once
// How the matrix product (gemm.cpp) sees memory: the matrices, and one tile of work. Inside gemm*.cpp only.

#include <cstddef>

#include "transformer/kernels.h"

#define NOEMA_INLINE inline __attribute__((always_inline))

namespace noema::transformer::gemm {

/// Columns of a panel of b; a multiple of the columns of every kernel's tile.
inline constexpr int kPanel = 32;

/// A matrix that is read: element (i, j) is data[i * row + j * column].
struct View {
  const float* data;
  std::ptrdiff_t row, column;
  View(const Matrix& m) : data(m.data), row(m.transposed ? 1 : m.stride), column(m.transposed ? m.stride : 1) {}
  View(const float* d, std::ptrdiff_t r, std::ptrdiff_t c) : data(d), row(r), column(c) {}
  const float* at(std::ptrdiff_t i, std::ptrdiff_t j) const { return data + i * row + j * column; }
  View transposed() const { return {data, column, row}; }
};

/// A matrix that is written: element (i, j) is data[i * row + j * column].
struct Output {
  float* data;
  std::ptrdiff_t row, column;
  float* at(std::ptrdiff_t i, std::ptrdiff_t j) const { return data + i * row + j * column; }
};

/// What a tile prefetches for the next tile, so that memory and arithmetic work at the same time. kOfB: the rows of b,
/// where b is read in place. kOfA: the rows of a, where c is written transposed, because a is then the large factor.
/// kNothing: otherwise, because b is packed and the rows of a stay in the cache while all panels are multiplied.
enum class Ahead { kNothing, kOfA, kOfB };

/// c[rows, columns] = a b (+ c if add), at most as large as a kernel's tile. a: [rows, depth]. b: `depth` rows, `step`
/// floats apart, each with as many readable floats as the kernel's tile has columns.
struct Tile {
  int rows, columns, depth;
  View a;
  const float* b;
  std::ptrdiff_t step;
  float* c;
  std::ptrdiff_t c_row, c_column;  // c_column is 1 unless c is written transposed
  bool add;
  Ahead ahead;
};

template <int kLanes>
struct Vector {
  using Type __attribute__((vector_size(4 * kLanes))) = float;
};

}  // namespace noema::transformer::gemm
