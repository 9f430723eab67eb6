#include "reasoning/history.h"

#include <catch2/catch.hpp>
#include <deque>

#include "base/rng.h"

using namespace noema;
using reasoning::History;
using reasoning::UnitReading;

namespace {

constexpr std::size_t kWidth = 3;

UnitReading unit_of(std::uint32_t id, std::vector<float> hidden) {
  UnitReading unit;
  unit.surface_id = id;
  unit.hidden = std::move(hidden);
  return unit;
}

struct Visited {
  std::size_t age;
  float cosine;
  bool same;
  bool operator==(const Visited&) const = default;
};

std::vector<Visited> visited(const History& history, const UnitReading& unit) {
  std::vector<Visited> all;
  history.for_each_back(unit, [&](std::size_t age, float cosine, bool same) { all.push_back({age, cosine, same}); });
  return all;
}

}  // namespace

TEST_CASE("the history visits its last states from the most recent back, as a plain list would") {
  base::Rng rng(8);
  History history(kWidth, 5);
  std::deque<UnitReading> plain;
  for (int i = 0; i < 40; ++i) {
    const auto x = static_cast<float>(rng.below(7)), y = static_cast<float>(rng.below(7));
    const UnitReading unit = unit_of(static_cast<std::uint32_t>(rng.below(3)), {x, y, 1});
    std::vector<Visited> expected;
    for (std::size_t age = 0; age < plain.size(); ++age)
      expected.push_back(
          {age, plain[age].hidden[0] * x + plain[age].hidden[1] * y + 1, plain[age].surface_id == unit.surface_id});
    CHECK(visited(history, unit) == expected);
    history.store(unit);
    plain.push_front(unit);
    if (plain.size() > 5) plain.pop_back();
    CHECK(history.size() == plain.size());
  }
  CHECK(history.bytes() == 5 * (kWidth + 1) * 4);
}

TEST_CASE("a history that is kept and restored goes on as it was, and nothing is taken from what is no state") {
  History one(kWidth, 4), other(kWidth, 4);
  for (std::uint32_t i = 0; i < 6; ++i) one.store(unit_of(i, {static_cast<float>(i), 0, 1}));
  other.restore(one.state());
  other.restore("nothing");
  const UnitReading next = unit_of(5, {1, 1, 1});
  CHECK(visited(other, next) == visited(one, next));
  one.store(next);
  other.store(next);
  CHECK(visited(other, next) == visited(one, next));
}
