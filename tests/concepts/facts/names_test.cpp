#include "concepts/facts/names.h"

#include "tests/concepts/facts/invented_world.h"

using namespace noema::concepts::facts;

namespace {

// Employers are told with 41 42 behind them, places with 50 before them except where they open a sentence.
const Words kEmploys{kSlot, 40, kSlot, 41, 42, kStop};
const Words kSeat{kSlot, 41, 42, 43, 50, kSlot, kStop};
const Words kMakes{kSlot, 41, 42, 44, kSlot, kStop};
const Words kDwells{kSlot, 45, 50, kSlot, kStop};
const Words kStands{kSlot, 46, kSlot, kStop};

Words maker(std::size_t number) { return {static_cast<Word>(600 + number)}; }
Words town(std::size_t number) { return {static_cast<Word>(700 + number)}; }
Words goods(std::size_t number) { return {static_cast<Word>(800 + number)}; }
Words land(std::size_t number) { return {static_cast<Word>(900 + number)}; }

Told told_world(bool makes_things) {
  Told told;
  std::int64_t source = 0;
  for (std::size_t who = 0; who < 60; ++who) {
    told.tell(fill(kEmploys, {person(who), maker(who % 20)}), ++source);
    told.tell(fill(kDwells, {person(who), town(who % 12)}), ++source);
    if (who < 12) told.tell(fill(kStands, {town(who), land(who % 5)}), ++source);
    if (who >= 20) continue;
    told.tell(fill(kSeat, {maker(who), town(who % 12)}), ++source);
    if (makes_things) told.tell(fill(kMakes, {maker(who), goods(who % 7)}), ++source);
  }
  for (const Words& pattern : {kEmploys, kSeat, kMakes, kDwells, kStands}) told.propose(pattern, -1e6);
  return told;
}

}  // namespace

TEST_CASE("constants beside a slot: up to the next slot or the end, the nearest first") {
  const Words pattern{1, 2, kSlot, 3, 4, kSlot};
  CHECK(constants_before(pattern, 0) == Words{2, 1});
  CHECK(constants_after(pattern, 0) == Words{3, 4});
  CHECK(constants_before(pattern, 1) == Words{4, 3});
  CHECK(constants_after(pattern, 1).empty());
}

TEST_CASE("constants that a kind of thing and they alone imply are said with it") {
  const Told told = told_world(true);
  const Affix sons{{}, {41, 42}};
  CHECK(said_with(told, template_with(told, kEmploys), 1) == sons);
  CHECK(said_with(told, template_with(told, kSeat), 0) == sons);
  CHECK(said_with(told, *told.thing_of(maker(7))) == sons);
  CHECK(said_with(told, template_with(told, kEmploys), 0).is_empty());  // people
  CHECK(said_with(told, template_with(told, kSeat), 1).is_empty());     // places open sentences too
  CHECK(said_with(told, template_with(told, kMakes), 1).is_empty());    // told in one template alone
}

TEST_CASE("constants of two templates, or that are told elsewhere too, are not part of a name") {
  CHECK(said_with(told_world(false), *told_world(false).thing_of(maker(7))).is_empty());
  Told told = told_world(true);
  const Words elsewhere{kSlot, 47, 41, 42, kStop};
  for (std::size_t who = 0; who < 40; ++who)
    told.tell(fill(elsewhere, {person(who)}), static_cast<std::int64_t>(1000 + who));
  CHECK(said_with(told, *told.thing_of(maker(7))).is_empty());
}

TEST_CASE("a thing is found by its name, with what is said with it or without") {
  const Told told = told_world(true);
  CHECK(thing_named(told, maker(3)) == told.thing_of(maker(3)));
  CHECK(thing_named(told, {maker(3)[0], 41, 42}) == told.thing_of(maker(3)));
  CHECK_FALSE(thing_named(told, {maker(3)[0], 41}));
  CHECK_FALSE(thing_named(told, {50, town(3)[0]}));
  CHECK_FALSE(thing_named(told, {}));
}
