#include "concepts/stream.h"

#include <algorithm>

#include "base/error.h"

namespace noema::concepts {

std::uint32_t Stream::append(std::span<const ConceptId> leaves) {
  base::check(leaves_.size() + leaves.size() < kInside, "a stream holds at most 4 billion units");
  begins_.push_back(size());
  leaves_.insert(leaves_.end(), leaves.begin(), leaves.end());
  owners_.insert(owners_.end(), leaves.begin(), leaves.end());
  firsts_.resize(leaves_.size());
  if (!leaves.empty()) firsts_[begins_.back()] = true;
  return episodes() - 1;
}

std::uint32_t Stream::episode_of(Position p) const {
  // Empty episodes share their begin with the next one: the last episode that begins at or before p holds it.
  const auto after = std::upper_bound(begins_.begin(), begins_.end(), p);
  return static_cast<std::uint32_t>(after - begins_.begin()) - 1;
}

void Stream::cover(Position p, std::uint32_t length, ConceptId node) {
  owners_[p] = node;
  for (std::uint32_t i = 1; i < length; ++i) owners_[p + i] = kInside;
}

}  // namespace noema::concepts
