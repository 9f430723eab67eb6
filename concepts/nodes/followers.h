#pragma once
// What came right after the units of a composite or schema.

#include <cstdint>

#include "concepts/counts.h"

namespace noema::concepts {

/// Counts of the units that followed directly, and their sum.
struct Followers {
  CountMap counts;
  std::uint64_t total = 0;

  void add(ConceptId unit, std::int64_t delta) {
    counts.add(unit, delta);
    total = static_cast<std::uint64_t>(static_cast<std::int64_t>(total) + delta);
  }
};

}  // namespace noema::concepts
