#pragma once
// Which words go with which, as sparse vectors: one dimension a word that stands before, one a word that stands after.

#include <optional>
#include <span>
#include <vector>

#include "concepts/company/information.h"
#include "concepts/company/low_rank.h"
#include "concepts/company/window_counts.h"

namespace noema::concepts::company {

class Associations {
 public:
  Associations() = default;
  /// after: row a, cell b: how often b stands after a.
  explicit Associations(CountMatrix after);

  std::size_t words() const { return after_.rows(); }
  const CountMatrix& after() const { return after_; }

  /// The information that words on either side give, sides not told apart, as a matrix [words, words]. The counts of
  /// both sides are added here and live as long as the result: 8 bytes a cell.
  Products around() const;

  /// How much a word's company differs from that of all words, in nats: the divergence of what stands around it from
  /// what stands around anything, less what so few cells would differ by chance (Miller 1955). Words that stand with
  /// everything have little, whatever the language.
  std::vector<float> informativeness() const;

  /// Cosines of the sparse vectors, sides told apart, of each given word with all words: [words, given]. One pass over
  /// the cells: O(cells given).
  Columns cosines(std::span<const Word> given) const;
  /// The same of two words: the plain version.
  double cosine(Word a, Word b) const;

 private:
  /// visit(dimension, value): first the words that stand before, then, `words()` further on, those that stand after.
  template <typename Visit>
  void for_each_entry(Word word, const Visit& visit) const;

  CountMatrix after_, before_;
  std::optional<Information> information_;  ///< of the dimensions
};

}  // namespace noema::concepts::company
