#include "concepts/company/vocabulary.h"

#include <algorithm>

namespace noema::concepts::company {

Vocabulary::Vocabulary(std::uint64_t units, std::vector<std::pair<ConceptId, std::uint64_t>> words)
    : units_(units), words_(std::move(words)) {
  ConceptId largest = 0;
  for (const auto& [unit, occurrences] : words_) largest = std::max(largest, unit);
  numbers_.assign(words_.empty() ? 0 : std::size_t{largest} + 1, kNoWord);
  for (Word word = 0; word < words_.size(); ++word) numbers_[words_[word].first] = word;
}

Vocabulary commonest_units(const Episodes& episodes, std::size_t most, std::uint64_t least) {
  std::vector<std::uint64_t> occurrences;
  std::uint64_t units = 0;
  episodes([&](std::span<const ConceptId> episode) {
    units += episode.size();
    for (const ConceptId unit : episode) {
      if (unit >= occurrences.size()) occurrences.resize(std::max<std::size_t>(unit + 1, 2 * occurrences.size()));
      ++occurrences[unit];
    }
  });
  std::vector<std::pair<ConceptId, std::uint64_t>> words;
  for (std::size_t unit = kBoundary + 1; unit < occurrences.size(); ++unit)
    if (occurrences[unit] >= least) words.emplace_back(static_cast<ConceptId>(unit), occurrences[unit]);
  std::stable_sort(words.begin(), words.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  if (words.size() > most) words.resize(most);
  return {units, std::move(words)};
}

}  // namespace noema::concepts::company
