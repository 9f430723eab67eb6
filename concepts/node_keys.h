#pragma once
// The keys by which nodes of several units are found.

#include <cstdint>
#include <span>

#include "concepts/ids.h"

namespace noema::concepts {

/// Of two parts in order.
inline std::uint64_t pair_key(ConceptId first, ConceptId second) { return (std::uint64_t{first} << 32) | second; }

/// A hash of the units: nodes with other units may have the same.
inline std::uint64_t units_key(std::span<const ConceptId> units) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const ConceptId unit : units) hash = (hash ^ unit) * 0x9E3779B97F4A7C15ULL + (hash >> 29);
  return hash;
}

}  // namespace noema::concepts
