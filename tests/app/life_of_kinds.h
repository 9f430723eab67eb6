#pragma once
// A life whose words are of kinds, for the tests of categories.

#include <fmt/format.h>

#include "tests/app/small_life.h"
#include "tests/reasoning/marked_kinds.h"

namespace noema::tests {

inline std::vector<std::string> lines_of_marked_kinds() {
  base::Rng rng(7);
  std::vector<std::string> lines(1500);
  for (std::string& line : lines) line = fmt::format("{}", fmt::join(sentence_of_marked_kind(rng), " "));
  return lines;
}

/// It has thought, and so has categories.
struct LifeOfKinds : SmallLife {
  LifeOfKinds() : SmallLife(lines_of_marked_kinds()) {
    mind->think(100000);
    mind->commit();
  }
};

}  // namespace noema::tests
