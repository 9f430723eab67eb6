#pragma once
// A life on disk that thought about what it was told, for the tests of commands that show or change thoughts.

#include "tests/app/small_life.h"

namespace noema::tests {

/// Told tax_lines(), it has composed "he cut"; nobody has it open.
struct ThoughtfulLife : SmallLife {
  ThoughtfulLife() : SmallLife(tax_lines()) {
    mind->think(100000);
    mind->checkpoint();
    mind.reset();
  }
};

}  // namespace noema::tests
