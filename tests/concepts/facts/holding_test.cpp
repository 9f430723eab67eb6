#include "concepts/facts/holding.h"

#include <catch2/catch.hpp>

using namespace noema::concepts::facts;

TEST_CASE("a sentence holds a thing as a filler, as a part of one, or as a constant of its template") {
  constexpr Word kMeets = 1, kAnd = 2, kStop = 3, kAnn = 10, kBob = 11, kCarl = 12;
  Told told;
  told.tell({kAnn, kMeets, kBob, kAnd, kCarl, kStop}, 1);
  told.tell({kBob, kMeets, kAnn, kStop}, 2);
  told.propose({kSlot, kMeets, kSlot, kStop}, -1e6);
  const auto described = told.descriptions(0);
  REQUIRE(described.size() == 1);

  const auto whole = held_by(told, described[0], {kAnn});
  REQUIRE(whole);
  CHECK(whole->slot == 0);
  CHECK(whole->around == 0);
  const auto first = held_by(told, described[0], {kBob}), last = held_by(told, described[0], {kCarl});
  REQUIRE(first);
  REQUIRE(last);
  CHECK(first->slot == 1);
  CHECK(first->around != 0);
  CHECK(first->around != last->around);  // "_ and Carl" is not "Bob and _"
  CHECK_FALSE(held_by(told, described[0], {kCarl, kStop}));
  CHECK_FALSE(held_by(told, described[0], {kMeets}));
  const auto constant = name_held_by(told, described[0], {kMeets});
  REQUIRE(constant);
  CHECK(constant->slot == kConstant);
  CHECK(constant->bit() == 0);
  CHECK(name_held_by(told, described[0], {kBob})->slot == 1);
  CHECK(last->bit() == 2);
  CHECK(with_fillers_beside(7, described[0], whole->bit() | last->bit()) == 7);
  CHECK(with_fillers_beside(7, described[0], whole->bit()) != 7);
}
