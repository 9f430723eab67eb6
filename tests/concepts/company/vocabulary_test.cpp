#include "concepts/company/vocabulary.h"

#include <catch2/catch.hpp>

#include "tests/concepts/company/texts.h"

using namespace noema::concepts::company;

TEST_CASE("the commonest units are words, commonest first, ties by id", "[company]") {
  const noema::tests::Text text{{5, 5, 5, 9, 9}, {2, 2, 7}};
  const Vocabulary all = commonest_units(noema::tests::episodes_of(text), 10, 2);
  REQUIRE(all.size() == 3);
  CHECK(all.units() == 8);
  CHECK(all.unit(0) == 5);
  CHECK(all.unit(1) == 2);
  CHECK(all.unit(2) == 9);
  CHECK(all.occurrences(0) == 3);
  CHECK(all.find(9) == 2);
  CHECK(all.find(7) == kNoWord);
  CHECK(all.find(1000) == kNoWord);
  CHECK(commonest_units(noema::tests::episodes_of(text), 2, 2).size() == 2);
}

TEST_CASE("a text without units has no words", "[company]") {
  const noema::tests::Text text{{}, {}};
  CHECK(commonest_units(noema::tests::episodes_of(text), 10, 1).size() == 0);
}
