#pragma once
// The words whose company is kept: the units met most often, numbered by how often.

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "concepts/ids.h"

namespace noema::concepts::company {

/// Visits the units of each episode, in the episodes' order; every call visits the same ones.
using VisitUnits = std::function<void(std::span<const ConceptId>)>;
using Episodes = std::function<void(const VisitUnits&)>;

/// Number of a word: 0 is the commonest.
using Word = std::uint32_t;
inline constexpr Word kNoWord = ~Word{0};

class Vocabulary {
 public:
  Vocabulary() = default;
  /// units: of all episodes; words: (unit, occurrences), commonest first.
  Vocabulary(std::uint64_t units, std::vector<std::pair<ConceptId, std::uint64_t>> words);

  std::size_t size() const { return words_.size(); }
  /// Units of all episodes, those without a number included.
  std::uint64_t units() const { return units_; }
  ConceptId unit(Word word) const { return words_[word].first; }
  std::uint64_t occurrences(Word word) const { return words_[word].second; }
  /// kNoWord if the unit is none of the words. O(1).
  Word find(ConceptId unit) const { return unit < numbers_.size() ? numbers_[unit] : kNoWord; }

 private:
  std::uint64_t units_ = 0;
  std::vector<std::pair<ConceptId, std::uint64_t>> words_;
  std::vector<Word> numbers_;  // of units
};

/// The units with the most occurrences, at least `least` each, at most `most`; ties by id. O(units).
Vocabulary commonest_units(const Episodes& episodes, std::size_t most, std::uint64_t least);

}  // namespace noema::concepts::company
