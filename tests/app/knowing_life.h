#pragma once
// A life that has thought about which words go with which, for the tests of what asks it.

#include <string>

#include "app/actions/company.h"
#include "tests/app/small_life.h"
#include "tests/reasoning/kinds.h"

namespace noema::tests {

/// What it is told: lines about animals, tools and the crane, which is both, and a last one about the zebra.
inline std::vector<std::string> lines_of_knowing_life() {
  auto lines = lines_of_kinds();
  lines.emplace_back("the wild zebra");
  for (int i = 0; i < 30; ++i) lines.back() += " and the wild zebra";
  return lines;
}

/// The life on disk; nobody has it open.
struct KnowingLife : SmallLife {
  KnowingLife() : SmallLife(lines_of_knowing_life()) {
    mind->think_of_company();
    mind->checkpoint();
    mind.reset();
  }
};

/// Its path. All tests read this one life, and none writes to it.
inline const std::string& knowing_life() {
  static const KnowingLife life;
  return life.path;
}

/// The life, open to be read, with its words.
struct KnownWords {
  memory::Life life = app::open_to_read(knowing_life());
  concepts::company::Words words = app::words_of(life);
};

}  // namespace noema::tests
