#pragma once
// Finds templates in what is told, one sentence at a time. It counts the patterns that a sentence shares with earlier
// ones, and proposes a pattern as a template when it meets it again.

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <unordered_map>
#include <vector>

#include "concepts/facts/told.h"

namespace noema::concepts::facts {

inline constexpr std::size_t kMaxWords = 40;  ///< longer sentences are not looked at

class Induction {
 public:
  /// Considers a sentence that was told. Call it once for every sentence, in order. It compares the sentence with at
  /// most two earlier ones for each of its words, O(words^2) each, and proposes a pattern whenever its count becomes a
  /// power of two.
  void consider(Told& told, std::uint32_t sentence);

  /// How many proposals there were.
  std::uint64_t tried() const { return tried_; }

  nlohmann::json save() const;
  /// Throws base::Error for a state that save() did not write.
  static Induction load(const nlohmann::json& state);

 private:
  std::vector<std::uint32_t> partners(const Words& words);
  void forget_rare();
  struct Split;
  static std::optional<Split> split_of(const Told& told, TemplateId id, std::uint32_t slot);
  void split_slots(Told& told);
  void join_constants(Told& told);
  double price() const;

  std::unordered_map<Words, std::uint32_t, WordsHash> counts_;  ///< patterns and how often they were met
  std::unordered_map<Word, std::pair<std::uint32_t, std::uint32_t>>
      recent_;  ///< word -> its last two sentences, plus 1
  std::uint64_t considered_ = 0;
  std::uint64_t tried_ = 0;
};

}  // namespace noema::concepts::facts
