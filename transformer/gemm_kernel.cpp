#include "transformer/gemm_kernel.h"

#include <utility>

#include "transformer/gemm_packing.h"
#include "transformer/gemm_tiles.h"

namespace noema::transformer::gemm {
namespace {

// One binary serves every x86-64 CPU: vectors of 16, 8 or 4 floats, and tiles of as many rows as leave registers for b.
#define NOEMA_KERNEL(name, attribute, lanes, most_rows)                                          \
  attribute void multiply_##name(const Tile& t) {                                                \
    multiply_tile<lanes>(t, std::make_integer_sequence<int, most_rows>());                       \
  }                                                                                              \
  attribute void pack_##name(float* panel, const View& b, int depth, int columns) {              \
    pack_panel(panel, b, depth, columns);                                                        \
  }                                                                                              \
  attribute void pack_rows_##name(float* packed, const View& a, int depth, int rows) {           \
    pack_rows(packed, a, depth, rows, std::make_integer_sequence<int, most_rows>());             \
  }                                                                                              \
  attribute void single_##name(int n, int k, const View& a, const View& b, bool add, float* c) { \
    multiply_single<lanes>(n, k, a, b, add, c);                                                  \
  }                                                                                              \
  constexpr Kernel k##name = {most_rows, 2 * lanes, multiply_##name, pack_##name, pack_rows_##name, single_##name};
#if defined(__x86_64__)
NOEMA_KERNEL(Avx512, __attribute__((target("avx512f,avx512vl,avx512dq,fma"))), 16, 12)
NOEMA_KERNEL(Avx2, __attribute__((target("avx2,fma"))), 8, 6)
#endif
NOEMA_KERNEL(Any, , 4, 6)

}  // namespace

const Kernel& kernel_of(int most_lanes) {
#if defined(__x86_64__)
  static const bool avx512 = __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq");
  static const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (avx512 && most_lanes >= 16) return kAvx512;
  if (avx2 && most_lanes >= 8) return kAvx2;
#endif
  return kAny;
}

}  // namespace noema::transformer::gemm
