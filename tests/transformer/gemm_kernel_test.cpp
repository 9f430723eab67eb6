#include "transformer/gemm_kernel.h"

#include <catch2/catch.hpp>

using namespace noema::transformer::gemm;

TEST_CASE("a kernel's tile is two vectors wide, of at most as many floats as were allowed, and divides a panel") {
  for (const int lanes : {4, 8, 16, 64}) {
    const Kernel& kernel = kernel_of(lanes);
    CHECK(kernel.columns <= 2 * lanes);
    CHECK(kernel.rows >= 1);
    CHECK(kPanel % kernel.columns == 0);
  }
}

TEST_CASE("four floats are for any CPU, and more lanes never choose a narrower kernel") {
  CHECK(kernel_of(4).columns == 8);
  CHECK(kernel_of(4).columns <= kernel_of(8).columns);
  CHECK(kernel_of(8).columns <= kernel_of(16).columns);
  CHECK(&kernel_of(16) == &kernel_of(16));
}
