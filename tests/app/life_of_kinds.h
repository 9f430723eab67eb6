#pragma once
// A life whose words are of kinds, for the tests of categories.

#include <string>
#include <vector>

#include "base/rng.h"
#include "tests/app/small_life.h"

namespace noema::tests {

/// Lines of a marker m0 .. m3, one of its kind's 12 words, a verb of one of two kinds, and a number after "in".
inline std::vector<std::string> lines_of_marked_kinds(int lines = 1500) {
  base::Rng rng(7);
  const auto drawn = [&](const std::string& name, std::uint64_t below) {
    return name + std::to_string(rng.below(below));
  };
  std::vector<std::string> text;
  for (int i = 0; i < lines; ++i) {
    const auto kind = rng.below(4);
    std::string line = "m" + std::to_string(kind);
    line += drawn(" k" + std::to_string(kind) + "w", 12);
    line += drawn(" v" + std::to_string(kind % 2) + "w", 10);
    text.push_back(drawn(line + " in n", 15));
  }
  return text;
}

/// It has thought, and so has categories.
struct LifeOfKinds : SmallLife {
  LifeOfKinds() : SmallLife(lines_of_marked_kinds()) {
    mind->think(100000);
    mind->commit();
  }
};

}  // namespace noema::tests
