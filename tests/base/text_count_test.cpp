#include "base/text_count.h"

#include <catch2/catch.hpp>

using noema::base::TextCount;

TEST_CASE("words mean something in lines of several words, whatever empty lines stand between them") {
  TextCount count;
  CHECK_FALSE(count.has_words());
  count.add("the cat sat");
  count.add("");
  count.add("  ");
  CHECK(count.characters() == 12 + 1 + 3);
  CHECK(count.has_words());
}

TEST_CASE("words mean nothing where lines are one piece, or pieces are long") {
  TextCount lines, clauses;
  for (int i = 0; i < 3; ++i) lines.add("道可道");
  lines.add("two words");  // 5 words in 4 lines
  CHECK_FALSE(lines.has_words());
  clauses.add(std::string(60, 'x') + " " + std::string(60, 'y'));
  CHECK_FALSE(clauses.has_words());
}
