#pragma once
// A language of kinds, for the tests of categories.

#include <string>
#include <vector>

#include "base/rng.h"

namespace noema::tests {

/// A sentence: a marker m0 .. m3, one of its kind's 12 words, a verb of one of two kinds, and a number after "in".
inline std::vector<std::string> sentence_of_marked_kind(base::Rng& rng) {
  const auto kind = rng.below(4);
  return {"m" + std::to_string(kind), "k" + std::to_string(kind) + "w" + std::to_string(rng.below(12)),
          "v" + std::to_string(kind % 2) + "w" + std::to_string(rng.below(10)), "in",
          "n" + std::to_string(rng.below(15))};
}

}  // namespace noema::tests
