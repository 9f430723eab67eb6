// The matrix product of kernels.h, after Goto & van de Geijn 2008. A tile of c stays in registers while k runs; the
// part of b that it is multiplied by is packed into panels that stay in the cache. Every element of c, except in a
// product of a single row, is summed over k in order, in blocks of kDepth, with fused multiply-adds. So its bits depend
// neither on the tile's size nor on the width of the CPU's vectors.
//
// This file divides a product into blocks, panels and tiles. gemm_packing.h packs, gemm_tiles.h multiplies, and
// gemm_kernel.h chooses between the versions of both for the CPU's instruction set.

#include <algorithm>
#include <vector>

#include "transformer/gemm_kernel.h"
#include "transformer/kernels.h"

namespace noema::transformer {
namespace {

using gemm::Ahead;
using gemm::Kernel;
using gemm::kernel_of;
using gemm::kPanel;
using gemm::Output;
using gemm::View;

constexpr int kDepth = 256;        // rows of b in a panel
constexpr int kColumns = 512;      // columns of b packed at once: kDepth * kColumns floats fit the second-level cache
constexpr int kRows = 128;         // rows of a that are multiplied by all panels before the next rows
constexpr int kFew = 48;           // with at most so many rows of a, packing b costs more than it gains
constexpr int kPackedAtOnce = 16;  // columns of a packed for all tiles before the next columns: whole cache lines

/// A thread's memory for packed data, allocated once.
struct Memory {
  std::vector<float> panels = std::vector<float>(static_cast<std::size_t>(kDepth) * kColumns);
  std::vector<float> rows = std::vector<float>(static_cast<std::size_t>(kDepth) * kRows);
};
Memory& memory() {
  thread_local Memory mine;
  return mine;
}

/// The rows [begin, end) of tile number `tile`: `rows` rows are divided evenly among `tiles` tiles.
struct Share {
  int begin, end;
  Share(int rows, int tiles, int tile)
      : begin(static_cast<int>(std::int64_t{rows} * tile / tiles)),
        end(static_cast<int>(std::int64_t{rows} * (tile + 1) / tiles)) {}
};

/// A block of a, at most kRows by kDepth. It is packed if its rows are not contiguous.
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

  /// c = this block times one panel of b (+ c if add), tile by tile.
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

/// Number of floats in the panels of a block of so many columns and rows.
std::ptrdiff_t panels_of(int columns, int depth) {
  return static_cast<std::ptrdiff_t>((columns + kPanel - 1) / kPanel * kPanel) * depth;
}

/// Divides b [k, n] into the blocks whose panels are packed at once, and calls visit(column, columns, depth, depths,
/// before) for each in the order of use. The block is b[depth .. depth + depths, column .. column + columns]; `before`
/// is the number of floats in the panels of the blocks before it.
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

/// Packs the panels of one block of b, from column `first` of the block on.
void pack_panels(const Kernel& kernel, float* panels, const View& block, int first, int columns, int depths) {
  for (int j = first; j < columns; j += kPanel)
    kernel.pack(panels + panels_of(j, depths), {block.at(0, j), block.row, block.column}, depths,
                std::min(kPanel, columns - j));
}

/// c = a b (+ c if add). packed: all panels of b; or null: b is packed block by block, or read in place.
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
  else if (b.transposed && m <= kFew)  // c^T = b^T a^T needs less packing: b is stored transposed and a is small
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
