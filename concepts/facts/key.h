#pragma once
// Keys of what is counted: a few numbers mixed into one.

#include <cstdint>
#include <initializer_list>

namespace noema::concepts::facts {

using Key = std::uint64_t;

/// The same for the same numbers in the same order on every machine.
inline Key mixed(std::initializer_list<Key> parts) {
  Key hash = 0x9E3779B97F4A7C15ULL;
  for (const Key part : parts) {
    hash = (hash ^ part) * 0xBF58476D1CE4E5B9ULL;
    hash ^= hash >> 29;
  }
  return hash;
}

}  // namespace noema::concepts::facts
