#pragma once
// Word arithmetic: A is to B as C is to which word?

#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "concepts/company/company.h"

namespace noema::concepts::company {

/// What is asked: the sparse vectors, which know relations; the dense ones, which know what is alike; both; or both and
/// how the words are written.
enum class Asked { kSparse, kDense, kBoth, kWriting };

/// Answers questions by one company, which must outlive it. The cosine with B times that with C over that with A, which
/// counts .8 times (after 3CosMul; Levy & Goldberg 2014), in logarithms: ln(cos + .01) of sparse vectors,
/// ln((1 + cos) / 2) of dense ones, which count three times where both are asked. The word that is written as C would
/// become if it changed as A does to become B (writing.h) is ahead by 2 where writing is asked.
class Analogies {
 public:
  Analogies(const Company& company, Asked asked);

  /// Makes what questions with these words need, many words in one pass. Optional; keeps 4 bytes a word of the company
  /// for each word given, of the last 512 or more.
  void prepare(std::span<const Word> words);
  /// The k best words besides the three, best first, ties by number. O(words) once prepared.
  std::vector<ScoredWord> solve(Word a, Word b, Word c, std::size_t k);

 private:
  void add(std::span<const Word> words);
  std::optional<Word> word_written_alike(Word a, Word b, Word c) const;

  const Company& company_;
  Asked asked_;
  Columns directions_;
  std::map<Word, Eigen::VectorXf> logarithms_;  ///< of the likeness of all words with one
};

}  // namespace noema::concepts::company
