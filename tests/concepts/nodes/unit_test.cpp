#include "concepts/nodes/unit.h"

#include <catch2/catch.hpp>

#include "concepts/nodes.h"
#include "concepts/nodes/record.h"

using namespace noema::concepts;

TEST_CASE("a unit is written as most often, the earliest way if several are as common, and else by its identity") {
  const Nodes nodes;
  Unit unit;
  unit.label = "cat";
  CHECK(unit.written(nodes, {}) == "cat");
  unit.surfaces = {{" Cat", 2}, {" cat", 3}, {" CAT", 3}};
  CHECK(unit.written(nodes, {}) == " cat");
}

TEST_CASE("a unit costs its kind's bit and 8 bits for each byte of its identity and its end") {
  Unit unit;
  unit.label = "é";  // two bytes
  CHECK(unit.bits(7) == Approx(1 + 8 * 3));
}

TEST_CASE("a unit is found by its identity while it is entered, and may fade without senses") {
  Nodes nodes;
  Unit unit;
  unit.label = "cat";
  CHECK(unit.fits(nodes, 5));
  unit.enter(nodes, 5);
  CHECK(nodes.find("cat") == ConceptId{5});
  CHECK_FALSE(unit.fits(nodes, 6));  // the identity is taken
  unit.leave(nodes, 5);
  CHECK_FALSE(nodes.find("cat"));
  CHECK(unit.may_fade());
  unit.senses = {9};
  CHECK_FALSE(unit.may_fade());
  CHECK_FALSE(Unit{}.fits(nodes, 1));  // without a label
}

TEST_CASE("a unit's record holds its identity and writings") {
  Unit unit;
  unit.label = "cat";
  unit.surfaces = {{" cat", 3}};
  NodeRecord record;
  unit.save(record, true);
  record.kind = "sense";
  CHECK(Unit::describes(record));
  const Unit again = Unit::load(record);
  CHECK(again.label == "cat");
  CHECK(again.surfaces == unit.surfaces);
  record.details["origin"] = 4;
  CHECK_FALSE(Unit::describes(record));  // a split-off sense
  unit.clear_counts();
  CHECK(unit.surfaces.empty());
  CHECK(unit.label == "cat");
}
