#pragma once
// Texts of numbers for the tests of company.

#include <vector>

#include "base/rng.h"
#include "concepts/company/vocabulary.h"

namespace noema::tests {

using Text = std::vector<std::vector<concepts::ConceptId>>;

inline concepts::company::Episodes episodes_of(const Text& text) {
  return [&text](const concepts::company::VisitUnits& visit) {
    for (const auto& episode : text) visit(episode);
  };
}

/// Episodes of units 1 to `units`, the lower the commoner.
inline Text random_text(std::uint64_t seed, std::size_t episodes, concepts::ConceptId units) {
  base::Rng rng(seed);
  Text text(episodes);
  for (auto& episode : text)
    for (std::size_t length = rng.below(20); length > 0; --length)
      episode.push_back(1 + static_cast<concepts::ConceptId>(rng.below(1 + rng.below(units))));
  return text;
}

/// A world in which units 10 k + 1 to 10 k + 8 (animals, tools, ...; kinds from 0) stand where others of their kind do:
/// between units of their kind's own, among common ones (1001 to 1004).
inline Text world_of_kinds(std::uint64_t seed, std::size_t episodes, std::size_t kinds = 4) {
  base::Rng rng(seed);
  Text text(episodes);
  for (auto& episode : text) {
    const std::size_t kind = rng.below(kinds);
    const auto common = [&] { return static_cast<concepts::ConceptId>(1001 + rng.below(4)); };
    const auto own = [&] { return static_cast<concepts::ConceptId>(500 + 10 * kind + rng.below(6)); };
    episode = {common(), own(), static_cast<concepts::ConceptId>(10 * kind + 1 + rng.below(8)), common(), own()};
  }
  return text;
}

}  // namespace noema::tests
