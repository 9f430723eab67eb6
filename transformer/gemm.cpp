// The matrix product of kernels.h, after Goto & van de Geijn 2008: a tile of c stays in registers while k runs; what it
// multiplies of b is packed into panels that stay in the cache. Every element of c, but of a single row, is summed over
// k in order, in blocks of kDepth, with fused multiply-adds: so its bits depend neither on the tile's size nor on the
// width of the CPU's vectors.

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>
#include <vector>

#include "transformer/kernels.h"

#define NOEMA_INLINE inline __attribute__((always_inline))

namespace noema::transformer {
namespace {

constexpr int kDepth = 256;        // of k that a panel of b holds
constexpr int kColumns = 512;      // of b packed at once: kDepth * kColumns floats stay in the second-level cache
constexpr int kRows = 128;         // of a used for all panels before the next
constexpr int kFetched = 16;       // rows that packing fetches before it needs them
constexpr int kFew = 48;           // with so few rows, packing b costs more than it gains
constexpr int kPackedAtOnce = 16;  // of k that is packed for all tiles before the next: whole lines of the cache
constexpr int kPanel = 32;         // columns of a panel of b; a multiple of every tile's

/// A matrix as the products read it: element (i, j) is data[i * row + j * column].
struct View {
  const float* data;
  std::ptrdiff_t row, column;
  View(const Matrix& m) : data(m.data), row(m.transposed ? 1 : m.stride), column(m.transposed ? m.stride : 1) {}
  View(const float* d, std::ptrdiff_t r, std::ptrdiff_t c) : data(d), row(r), column(c) {}
  const float* at(std::ptrdiff_t i, std::ptrdiff_t j) const { return data + i * row + j * column; }
  View transposed() const { return {data, column, row}; }
};

/// What a tile fetches for the next one, so that memory and arithmetic go on side by side: of b where it is read where
/// it lies; of a where c is written transposed, since a is then the large factor; otherwise nothing, since b is packed
/// and the rows of a stay in the cache for all panels.
enum class Ahead { kNothing, kOfA, kOfB };

/// c[rows, columns] = a b (+ c if add), at most a tile. a: [rows, depth]; b: rows of depth, `step` floats apart, each
/// with as many readable floats as the tile has columns. With c_column != 1 c is written transposed.
struct Tile {
  int rows, columns, depth;
  View a;
  const float* b;
  std::ptrdiff_t step;
  float* c;
  std::ptrdiff_t c_row, c_column;
  bool add;
  Ahead ahead;
};

template <int kLanes>
struct Vector {
  using Type __attribute__((vector_size(4 * kLanes))) = float;
};

/// A tile of exactly kTileRows rows and two vectors of kLanes columns.
template <Ahead kAhead, int kTileRows, int kLanes>
NOEMA_INLINE void multiply_rows(const Tile& t) {
  using Floats = typename Vector<kLanes>::Type;
  Floats sums[kTileRows][2] = {};
  const float* b = t.b;
  const float* a[kTileRows];
  for (int i = 0; i < kTileRows; ++i) a[i] = t.a.data + i * t.a.row;
  const std::ptrdiff_t a_step = t.a.column;
  if (t.c_column == 1)  // c comes from far away and is needed at the end
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

/// Rows i and i + kStep of a square of 16: elements (i, j + kStep) and (i + kStep, j) change places.
template <int kStep, int... j>
NOEMA_INLINE void exchange(Vector<16>::Type& upper, Vector<16>::Type& lower, std::integer_sequence<int, j...>) {
  const auto u = upper, l = lower;
  upper = __builtin_shufflevector(u, l, ((j & kStep) == 0 ? j : 16 + j - kStep)...);
  lower = __builtin_shufflevector(u, l, ((j & kStep) == 0 ? j + kStep : 16 + j)...);
}

/// The transpose of 16 vectors, by exchanging blocks of 1, 2, 4 and 8.
template <int kStep = 1>
NOEMA_INLINE void transpose(Vector<16>::Type (&square)[16]) {
#pragma GCC unroll 16
  for (int i = 0; i < 16; ++i)
    if ((i & kStep) == 0) exchange<kStep>(square[i], square[i + kStep], std::make_integer_sequence<int, 16>());
  if constexpr (kStep < 8) transpose<2 * kStep>(square);
}

/// Columns [0, columns) of b, depth rows of it, as one panel [depth, kPanel], filled with zeros.
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

/// kCount rows of a that lie transposed, as [depth, kCount].
template <int kCount>
NOEMA_INLINE void pack_count(float* packed, const View& a, int depth) {
  for (int k = 0; k < depth; ++k) {
    __builtin_prefetch(a.at(0, k + kFetched));
    std::memcpy(packed + k * kCount, a.at(0, k), sizeof(float) * kCount);
  }
}
template <int... kCounts>
NOEMA_INLINE void pack_rows(float* packed, const View& a, int depth, int rows, std::integer_sequence<int, kCounts...>) {
  ((rows == kCounts + 1 ? pack_count<kCounts + 1>(packed, a, depth) : void()), ...);
}

/// One row of c where b lies in rows: 4 rows of b are added at a time, in order.
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

/// One row of c where a and the columns of b lie in one piece: dot products, 4 at a time.
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

template <int kLanes>
NOEMA_INLINE void multiply_single(int n, int k, const View& a, const View& b, bool add, float* c) {
  if (b.column == 1)
    multiply_row<kLanes>(n, k, a, b, add, c);
  else
    multiply_dots<kLanes>(n, k, a.data, b, add, c);
}

/// Picks the function for the number of rows.
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

// One binary for every x86-64: vectors of 16, 8 or 4 floats, and as many rows as leave registers for b.
struct Kernel {
  int rows, columns;
  void (*multiply)(const Tile& tile);
  void (*pack)(float* panel, const View& b, int depth, int columns);
  void (*pack_rows)(float* packed, const View& a, int depth, int rows);
  void (*multiply_single)(int n, int k, const View& a, const View& b, bool add, float* c);
};
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

/// The kernel with the widest vectors that this CPU has.
const Kernel& kernel_of(int most_lanes) {
#if defined(__x86_64__)
  static const bool avx512 = __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq");
  static const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (avx512 && most_lanes >= 16) return kAvx512;
  if (avx2 && most_lanes >= 8) return kAvx2;
#endif
  return kAny;
}

/// A thread's memory for what is packed. It is taken once.
struct Memory {
  std::vector<float> panels = std::vector<float>(static_cast<std::size_t>(kDepth) * kColumns);
  std::vector<float> rows = std::vector<float>(static_cast<std::size_t>(kDepth) * kRows);
};
Memory& memory() {
  thread_local Memory mine;
  return mine;
}

struct Output {
  float* data;
  std::ptrdiff_t row, column;
  float* at(std::ptrdiff_t i, std::ptrdiff_t j) const { return data + i * row + j * column; }
};

/// Of `rows` rows, those of tile number `tile`: they are divided evenly.
struct Share {
  int begin, end;
  Share(int rows, int tiles, int tile)
      : begin(static_cast<int>(std::int64_t{rows} * tile / tiles)),
        end(static_cast<int>(std::int64_t{rows} * (tile + 1) / tiles)) {}
};

/// A block of a, at most kRows by kDepth, with the memory of its tiles where it had to be packed.
class Rows {
 public:
  Rows(const Kernel& kernel, const View& a, int rows, int depth)
      : kernel_(kernel), a_(a), rows_(rows), depth_(depth), tiles_((rows + kernel.rows - 1) / kernel.rows) {
    if (a.column == 1) return;
    packed_ = memory().rows.data();
    for (int k = 0; k < depth; k += kPackedAtOnce)
      for (int tile = 0; tile < tiles_; ++tile) {
        const Share share(rows, tiles_, tile);
        const int count = share.end - share.begin;
        kernel.pack_rows(packed_ + share.begin * depth + k * count, {a.at(share.begin, k), a.row, a.column},
                         std::min(kPackedAtOnce, depth - k), count);
      }
  }

  /// Times one panel of b, tile by tile.
  void multiply(const float* b, std::ptrdiff_t step, int columns, const Output& c, bool add, Ahead ahead) const {
    for (int j = 0; j < columns; j += kernel_.columns)
      for (int tile = 0; tile < tiles_; ++tile) {
        const Share share(rows_, tiles_, tile);
        const int rows = share.end - share.begin;
        const View a =
            packed_ ? View(packed_ + share.begin * depth_, 1, rows) : View(a_.at(share.begin, 0), a_.row, a_.column);
        kernel_.multiply({rows, std::min(kernel_.columns, columns - j), depth_, a, b + j, step, c.at(share.begin, j),
                          c.row, c.column, add, ahead});
      }
  }

 private:
  const Kernel& kernel_;
  View a_;
  int rows_, depth_, tiles_;
  float* packed_ = nullptr;
};

/// Floats of the panels of a block of columns, or of whole rows.
std::ptrdiff_t panels_of(int columns, int depth) {
  return static_cast<std::ptrdiff_t>((columns + kPanel - 1) / kPanel * kPanel) * depth;
}

/// visit(column, columns, depth, depths, floats of the panels of the blocks before), for each block of a [k, n] whose
/// panels are packed at once, in the order in which they are used.
template <typename Visit>
void for_blocks(int n, int k, Visit visit) {
  std::ptrdiff_t before = 0;
  for (int column = 0; column < n; column += kColumns)
    for (int depth = 0; depth < k; depth += kDepth) {
      const int columns = std::min(kColumns, n - column), depths = std::min(kDepth, k - depth);
      visit(column, columns, depth, depths, before);
      before += panels_of(columns, depths);
    }
}

/// The panels of one block of b, from its column `first` on.
void pack_panels(const Kernel& kernel, float* panels, const View& block, int first, int columns, int depths) {
  for (int j = first; j < columns; j += kPanel)
    kernel.pack(panels + panels_of(j, depths), {block.at(0, j), block.row, block.column}, depths,
                std::min(kPanel, columns - j));
}

/// packed: all panels of b, or null, and b is packed block by block or read where it lies.
void multiply(const Kernel& kernel, int m, int n, int k, const View& a, const View& b, const float* packed, bool add,
              const Output& c) {
  const bool in_place = !packed && m <= kFew && b.column == 1;
  float* const own = memory().panels.data();
  for_blocks(n, k, [&](int column, int columns, int depth, int depths, std::ptrdiff_t before) {
    const float* const panels = packed ? packed + before : own;
    const int whole = columns / kPanel * kPanel;  // columns of full panels
    if (!packed)
      pack_panels(kernel, own, {b.at(depth, column), b.row, b.column}, in_place ? whole : 0, columns, depths);
    for (int row = 0; row < m; row += kRows) {
      const Rows rows(kernel, {a.at(row, depth), a.row, a.column}, std::min(kRows, m - row), depths);
      for (int j = 0; j < columns; j += kPanel) {
        const bool where_it_lies = in_place && j < whole;
        rows.multiply(where_it_lies ? b.at(depth, column + j) : panels + panels_of(j, depths),
                      where_it_lies ? b.row : kPanel, std::min(kPanel, columns - j),
                      {c.at(row, column + j), c.row, c.column}, add || depth > 0,
                      where_it_lies   ? Ahead::kOfB
                      : c.column != 1 ? Ahead::kOfA
                                      : Ahead::kNothing);
      }
    }
  });
}

}  // namespace

void matmul(int m, int n, int k, Matrix a, Matrix b, float beta, float* c, std::ptrdiff_t c_stride, int most_lanes) {
  if (beta != 0 && beta != 1)
    for (int i = 0; i < m; ++i) multiply(c + i * c_stride, static_cast<std::size_t>(n), beta);
  if (k == 0 && beta == 0)
    for (int i = 0; i < m; ++i) std::fill_n(c + i * c_stride, n, 0.0F);
  const Kernel& kernel = kernel_of(most_lanes);
  const bool add = beta != 0;
  if (m == 1 && !a.transposed)
    kernel.multiply_single(n, k, a, b, add, c);
  else if (b.transposed && m <= kFew)  // c^T = b^T a^T leaves less to pack: b lies transposed and a is small
    multiply(kernel, n, m, k, View(b).transposed(), View(a).transposed(), nullptr, add, {c, 1, c_stride});
  else
    multiply(kernel, m, n, k, a, b, nullptr, add, {c, c_stride, 1});
}

void PackedMatrix::pack(int k, int n, Matrix b) {
  k_ = k;
  n_ = n;
  std::ptrdiff_t floats = 0;
  for_blocks(n, k, [&](int, int columns, int, int depths, std::ptrdiff_t before) {
    floats = before + panels_of(columns, depths);
  });
  panels_.resize(static_cast<std::size_t>(floats));
  const Kernel& kernel = kernel_of(kMostLanes);
  const View view(b);
  for_blocks(n, k, [&](int column, int columns, int depth, int depths, std::ptrdiff_t before) {
    pack_panels(kernel, panels_.data() + before, {view.at(depth, column), view.row, view.column}, 0, columns, depths);
  });
}

void matmul(int m, Matrix a, const PackedMatrix& b, float* c, std::ptrdiff_t c_stride) {
  multiply(kernel_of(kMostLanes), m, b.n_, b.k_, a, View(nullptr, 0, 0), b.panels_.data(), false, {c, c_stride, 1});
}

}  // namespace noema::transformer
