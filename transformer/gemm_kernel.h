#pragma once
// The parts of the matrix product that are compiled for each instruction set. Inside gemm*.cpp only.

#include "transformer/gemm_views.h"

namespace noema::transformer::gemm {

/// Functions for one instruction set, and the size of its tiles.
struct Kernel {
  int rows, columns;  ///< of a tile, at most
  void (*multiply)(const Tile& tile);
  void (*pack)(float* panel, const View& b, int depth, int columns);
  void (*pack_rows)(float* packed, const View& a, int depth, int rows);
  void (*multiply_single)(int n, int k, const View& a, const View& b, bool add, float* c);
};

/// The kernel with the widest vectors that this CPU has, of at most `most_lanes` floats.
const Kernel& kernel_of(int most_lanes);

}  // namespace noema::transformer::gemm
