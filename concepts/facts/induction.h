#pragma once
// Finds templates in what is told, one sentence at a time: what a sentence shares with earlier ones is counted, and a
// pattern that is met again is tried as a template.

#include <cstdint>
#include <nlohmann/json.hpp>
#include <unordered_map>
#include <vector>

#include "concepts/facts/told.h"

namespace noema::concepts::facts {

class Induction {
 public:
  /// Considers a sentence that was told. Call it for every sentence, in order. O(words^2) for each of at most two
  /// earlier sentences a word, and the cost of trying a template when a pattern's count is a power of two.
  void consider(Told& told, std::uint32_t sentence);

  /// Patterns that were proposed.
  std::uint64_t tried() const { return tried_; }

  nlohmann::json save() const;
  /// Throws base::Error for a state that save() did not write.
  static Induction load(const nlohmann::json& state);

 private:
  std::vector<std::uint32_t> partners(const Words& words);
  void forget_rare();

  std::unordered_map<Words, std::uint32_t, WordsHash> counts_;               ///< patterns and how often they were met
  std::unordered_map<Word, std::pair<std::uint32_t, std::uint32_t>> recent_;  ///< word -> its last two sentences, plus 1
  std::uint64_t considered_ = 0;
  std::uint64_t tried_ = 0;
};

}  // namespace noema::concepts::facts
