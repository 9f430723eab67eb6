#pragma once
// How often words stand near each other: counts over a window, never decayed and never cut off by value.

#include <cstdint>
#include <span>
#include <vector>

#include "concepts/company/vocabulary.h"

namespace noema::concepts::company {

/// A word near another one, and the weight of all times that it was.
struct Cell {
  Word word = 0;
  std::uint32_t count = 0;
  bool operator==(const Cell&) const = default;
};

/// A sparse matrix of counts by rows; the cells of a row ascend. 8 bytes a cell.
class CountMatrix {
 public:
  std::size_t rows() const { return begins_.size() - 1; }
  std::size_t cells() const { return cells_.size(); }
  std::span<const Cell> row(Word word) const {
    return {cells_.data() + begins_[word], cells_.data() + begins_[word + 1]};
  }
  /// Sum of a row's counts.
  std::uint64_t total(Word word) const;

  /// Appends a row; its cells ascend.
  void add_row(std::span<const Cell> cells);
  /// Drops the cells with counts below `least`.
  void prune(std::uint32_t least);
  /// The cells (b, a) of all cells (a, b). O(cells).
  CountMatrix transposed() const;
  void reserve(std::size_t cells) { cells_.reserve(cells); }
  bool operator==(const CountMatrix&) const = default;

 private:
  std::vector<std::uint64_t> begins_{0};
  std::vector<Cell> cells_;
};

/// The sum of two matrices with as many rows.
CountMatrix sum(const CountMatrix& a, const CountMatrix& b);

struct WindowOptions {
  std::uint32_t radius = 5;                          ///< units to a side; at distance d a pair counts radius + 1 - d
  std::size_t units_at_once = std::size_t{1} << 24;  ///< held in memory, 8 bytes each
  std::size_t most_cells = std::size_t{1} << 26;     ///< beyond, the rarest pairs are dropped (8 bytes each)
};

/// Row a, cell b: how often b stands after a within the radius and the same episode, weighted. Units that are no words
/// take their place and have no cells. O(units radius) time; the result is the same whatever units_at_once.
CountMatrix count_windows(const Episodes& episodes, const Vocabulary& vocabulary, const WindowOptions& options = {});

}  // namespace noema::concepts::company
