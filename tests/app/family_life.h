#pragma once
// A life that was told who was born to whom, is married and is whose father, and has thought about it: it knows facts
// and rules.

#include <string>

#include "tests/app/small_life.h"

namespace noema::tests {

/// Lines of thirty families: Caaa was born to Muaa, who is married to Foaa, the father of Caaa; then Caab and so on.
/// The fathers of the last six children are not told.
inline std::vector<std::string> family_lines() {
  std::vector<std::string> lines;
  constexpr int kFamilies = 30, kUntold = 6;
  for (int i = 0; i < kFamilies; ++i) {
    const std::string number{static_cast<char>('a' + i / 10), static_cast<char>('a' + i % 10)};
    const std::string child = "Ca" + number, mother = "Mu" + number, father = "Fo" + number;
    lines.push_back(child + " was born to " + mother + " .");
    lines.push_back(mother + " is married to " + father + " .");
    if (i < kFamilies - kUntold) lines.push_back("the father of " + child + " is " + father + " .");
  }
  return lines;
}

/// The life on disk; nobody has it open.
struct FamilyLife : SmallLife {
  FamilyLife() : SmallLife(family_lines()) {
    mind->think_of_facts();
    mind->checkpoint();
    mind.reset();
  }
};

}  // namespace noema::tests
