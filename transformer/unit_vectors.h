#pragma once
// What is known of units from outside a model: a vector for each unit, as the company of words gives it
// (concepts/company). A copy of the model takes them in beside its own vectors (SegmentNetwork): so a unit can gain new
// dimensions, and a new unit a vector, without a change of the model's width.

#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "transformer/tokenizer.h"

namespace noema::transformer {

class UnitVectors {
 public:
  using Unit = std::vector<Token>;
  /// A way to write a unit, as tokens, and the row of the unit's vector. Several may have one row.
  struct Writing {
    Unit tokens;
    std::uint32_t row = 0;
  };

  /// begin_end: the tokenizer's. vectors: [rows, width]. telling: for each row how much the unit says of what a text is
  /// about, at least 0. Throws std::logic_error for a row that is not there, no tokens or two rows for one writing.
  UnitVectors(int begin_end, std::vector<Writing> writings, std::vector<float> vectors, std::vector<float> telling);

  std::size_t width() const { return width_; }
  std::size_t rows() const { return telling_.size(); }
  const std::vector<Writing>& writings() const { return writings_; }
  const std::vector<float>& vectors() const { return vectors_; }
  const std::vector<float>& telling() const { return telling_; }
  std::span<const float> vector(std::uint32_t row) const { return std::span(vectors_).subspan(row * width_, width_); }

  bool begins(Token token) const { return token >= kSpecials && token < begin_end_; }

  /// Positions in the tree of all writings: kRoot before the first token, kNowhere where no writing goes on so.
  using Position = std::uint32_t;
  static constexpr Position kRoot = 0, kNowhere = ~Position{0};
  Position next(Position position, Token token) const;
  /// The row of the unit that is written by the tokens up to here; -1 if none is.
  std::int64_t row_at(Position position) const { return position == kNowhere ? -1 : rows_at_[position]; }
  std::size_t positions() const { return rows_at_.size(); }

  std::size_t bytes() const;

 private:
  int begin_end_;
  std::size_t width_;
  std::vector<Writing> writings_;
  std::vector<float> vectors_, telling_;
  std::unordered_map<std::uint64_t, Position> next_;  // (position, token) -> position
  std::vector<std::int64_t> rows_at_;
};

/// Reads tokens and says of each what is known: the vector of the unit that its tokens so far write (zeros if it has
/// none), and the direction of what was read before, the sum of the units' vectors by how much they tell, each known
/// unit halving the weight of those kHalfLife before it. Both have the length kLength.
class UnitTrail {
 public:
  static constexpr double kHalfLife = 100;  ///< known units
  static constexpr float kLength = 10;      ///< about that of a hidden state

  /// Without vectors nothing is known of any token, and every row is empty.
  explicit UnitTrail(std::shared_ptr<const UnitVectors> vectors = nullptr);

  /// Floats of a row: twice the width of the vectors.
  std::size_t width() const { return vectors_ ? 2 * vectors_->width() : 0; }
  const std::shared_ptr<const UnitVectors>& vectors() const { return vectors_; }

  /// Forgets what was read, and stands at the start token.
  void clear();
  /// Reads tokens and returns their rows, [tokens, width()], which are appended to the window.
  std::span<const float> read(std::span<const Token> tokens);
  /// Keeps the rows of the last tokens of the window, behind one for the start token: there no unit is known, and of
  /// what was read before, what was known then.
  void keep(std::size_t last);
  /// Of the start token and of all that was read since clear() or keep().
  std::span<const float> window() const { return window_; }

  /// What further reading depends on, besides the window.
  struct Memory {
    UnitVectors::Position inside = UnitVectors::kRoot;  ///< where it stands in the unit that it reads
    std::vector<float> topic;                           ///< [vectors' width], not yet of length kLength
  };
  const Memory& memory() const { return memory_; }
  /// The window is [tokens, width()]; throws std::logic_error if anything does not fit the vectors.
  void restore(Memory memory, std::vector<float> window);

 private:
  void read(Token token);
  void write_row();

  std::shared_ptr<const UnitVectors> vectors_;
  Memory memory_;
  std::vector<float> window_;
};

}  // namespace noema::transformer
