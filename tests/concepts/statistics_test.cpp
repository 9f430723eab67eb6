#include "concepts/statistics.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "base/rng.h"

using namespace noema::concepts;

// That the total follows from its definition is tested in description_test.cpp.

namespace {

/// Four concepts and a category, 4.
Statistics four() {
  Statistics statistics;
  statistics.resize(5);
  statistics.set_height(4, 1);
  return statistics;
}

bool equal(const CellChange& a, const CellChange& b) { return a.from == b.from && a.to == b.to && a.delta == b.delta; }

}  // namespace

TEST_CASE("a change is normalised: sorted, equal cells added up, zeros dropped") {
  Change change{{2, 1, 1}, {1, 5, 2}, {2, 1, 3}, {1, 2, -1}, {1, 5, -2}};
  normalise(change);
  REQUIRE(change.size() == 2);
  CHECK(equal(change[0], {1, 2, -1}));
  CHECK(equal(change[1], {2, 1, 4}));
  Change none;
  normalise(none);
  CHECK(none.empty());
}

TEST_CASE("cells are counted in both directions, with totals") {
  Statistics statistics = four();
  statistics.add(0, 1, 2);
  statistics.add(1, 2, 1);
  statistics.add(1, 0, 1);
  statistics.add(1, 0, 0);  // nothing
  CHECK(statistics.next(1).sorted() == std::vector<std::pair<ConceptId, std::uint32_t>>{{0, 1}, {2, 1}});
  CHECK(statistics.previous(1).sorted() == std::vector<std::pair<ConceptId, std::uint32_t>>{{0, 2}});
  CHECK(statistics.total(1) == 2);
  CHECK(statistics.mentions() == 4);
  CHECK(statistics.cells() == 3);
}

TEST_CASE("without categories all concepts lie in the rest, where each filled cell chooses its dish once") {
  Statistics statistics = four();
  statistics.add(0, 1, 5);
  statistics.add(2, 1, 1);
  statistics.add(2, 3, 1);
  CHECK(statistics.parent(1) == Statistics::kRest);
  CHECK(statistics.chosen(1) == 2);
  CHECK(statistics.chosen(3) == 1);
  CHECK(statistics.members(Statistics::kRest) == 2);
  CHECK(statistics.drawn(Statistics::kRest) == 3);
  CHECK(statistics.total(Statistics::kRest) == 3);
  CHECK(statistics.root_total() == 1);  // the rest's row told the root once
  CHECK(statistics.root_distinct() == 1);
}

TEST_CASE("a concept that moves into a category takes its customers along") {
  Statistics statistics = four();
  statistics.add(0, 1, 3);
  statistics.add(2, 1, 1);
  statistics.add(1, 3, 1);
  statistics.set_parent(1, 4);
  CHECK(statistics.parent(1) == 4);
  CHECK(statistics.total(4) == 1);                    // its one filled cell
  CHECK(statistics.next(4)[Statistics::kRest] == 1);  // what it holds lies in the rest
  CHECK(statistics.next(Statistics::kRest)[4] == 2);  // two rows below the rest hold it
  CHECK(statistics.above(4)[Statistics::kRest] == 2);
  CHECK(statistics.members(4) == 1);
  CHECK(statistics.drawn(4) == 2);
  statistics.set_parent(1, Statistics::kNone);
  CHECK(statistics.parent(1) == Statistics::kRest);
  CHECK(statistics.total(4) == 0);
  CHECK(statistics.members(4) == 0);
}

TEST_CASE("what a change would cost is the difference that applying it makes, and its inverse takes it back") {
  const Codes codes{Concentrations{}};
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    noema::base::Rng rng(seed);
    Statistics statistics;
    statistics.resize(20);
    for (ConceptId id = 16; id < 20; ++id) statistics.set_height(id, 1);
    for (ConceptId id = 0; id < 16; ++id)
      if (rng.below(2) == 0) statistics.set_parent(id, static_cast<ConceptId>(16 + rng.below(4)));
    const auto any = [&] { return static_cast<ConceptId>(rng.below(16)); };
    for (int step = 0; step < 100; ++step) {
      Change change, inverse;
      for (int i = 0; i < 6; ++i) {
        CellChange cell{any(), any(), static_cast<std::int64_t>(1 + rng.below(3))};
        const auto held = std::int64_t{statistics.next(cell.from)[cell.to]};
        if (rng.below(2) == 0 && held > 0) cell.delta = -held;
        const bool taken = std::any_of(change.begin(), change.end(), [&](const CellChange& one) {
          return one.from == cell.from && one.to == cell.to;
        });
        if (!taken) change.push_back(cell);
      }
      normalise(change);
      const double before = statistics.nats(codes), claimed = statistics.change_nats(change, codes);
      const std::uint64_t bytes = statistics.bytes();
      statistics.apply(change);
      CHECK(statistics.nats(codes) - before == Approx(claimed).margin(1e-9));
      if (rng.below(2) != 0) continue;
      inverse = change;
      for (CellChange& cell : inverse) cell.delta = -cell.delta;
      statistics.apply(inverse);
      CHECK(statistics.nats(codes) == Approx(before).margin(1e-9));
      CHECK(statistics.bytes() == bytes);
    }
  }
}

TEST_CASE("a draft knows a category that the statistics do not have yet") {
  const Codes codes{Concentrations{}};
  Statistics statistics;
  statistics.resize(4);
  statistics.apply(Change{{0, 1, 2}, {0, 2, 2}, {1, 3, 2}, {2, 3, 2}, {3, 0, 2}});
  Draft draft(statistics);
  draft.set_height(4, 1);
  draft.set_parent(1, 4);
  draft.set_parent(2, 4);
  const double claimed = draft.nats(codes), before = statistics.nats(codes);
  statistics.add_row(4);
  statistics.set_height(4, 1);
  CHECK(statistics.nats(codes) == before);
  statistics.set_parent(1, 4);
  statistics.set_parent(2, 4);
  CHECK(statistics.nats(codes) - before == Approx(claimed).margin(1e-9));
}

TEST_CASE("what cannot be is stopped") {
  Statistics statistics = four();
  statistics.add(0, 1, 1);
  CHECK_THROWS(statistics.add(0, 1, -2));
  CHECK_THROWS(statistics.set_height(0, 1));  // it is used already
  CHECK_THROWS(statistics.set_parent(4, 1));  // a concept is no category
  CHECK_THROWS(statistics.release(1));        // its column is not empty
  statistics.release(3);
  CHECK(statistics.next(3).empty());
  statistics.add_row(3);
  statistics.add(0, 3, 1);
  CHECK(statistics.total(0) == 2);
}

TEST_CASE("bytes are a function of the counts, and what was passed over costs next to nothing") {
  Statistics one = four(), other = four();
  for (int i = 0; i < 3; ++i) one.add(0, 1, 1);
  other.add(0, 2, 4);
  other.add(0, 1, 3);
  other.add(0, 2, -4);
  CHECK(one.bytes() == other.bytes());
  Statistics sparse;
  sparse.pass_over(4096 * 1000);
  CHECK(sparse.bytes() == 8 * 1000);
}
