#include "concepts/table.h"

#include <catch2/catch.hpp>
#include <map>
#include <string>

#include "base/rng.h"

using noema::base::Rng;
using noema::concepts::Table;

namespace {

struct Row {
  std::string text;
  static Row gone() { return {"gone"}; }
};

}  // namespace

TEST_CASE("a table agrees with std::map while rows come, go and come back") {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    Rng rng(seed);
    Table<std::string> table;
    std::map<std::size_t, std::string> reference;
    for (int step = 0; step < 20000; ++step) {
      const std::size_t id = table.size() == 0 ? 0 : rng.below(table.size());
      switch (rng.below(4)) {
        case 0:
          reference[table.size()] = std::to_string(step);
          table.push_back(std::to_string(step));
          break;
        case 1:
          if (table.size() > 0 && table.holds(id)) {
            table.release(id);
            reference.erase(id);
          }
          break;
        case 2:
          if (table.size() > 0 && !table.holds(id)) {
            table.put(id, std::to_string(step) + " again");
            reference[id] = std::to_string(step) + " again";
          }
          break;
        default:
          if (rng.below(10) == 0) table.grow(table.size() + rng.below(40));
      }
    }
    CHECK(table.live() == reference.size());
    for (std::size_t id = 0; id < table.size(); ++id) {
      REQUIRE(table.holds(id) == reference.contains(id));
      REQUIRE(std::as_const(table)[id] == (reference.contains(id) ? reference[id] : ""));
    }
    std::map<std::size_t, std::string> visited;
    std::size_t last = 0;
    std::as_const(table).for_each([&](std::size_t id, const std::string& row) {
      CHECK(id >= last);
      last = id;
      visited[id] = row;
    });
    CHECK(visited == reference);
    const Table<std::string> copy = table;
    CHECK(copy.size() == table.size());
    CHECK(copy.bytes() == table.bytes());
    for (const auto& [id, row] : reference) REQUIRE(copy[id] == row);
  }
}

TEST_CASE("a row that is gone reads as the type says, and is not written") {
  Table<Row> table;
  table.push_back({"here"});
  table.grow(2);
  CHECK(std::as_const(table)[0].text == "here");
  CHECK(std::as_const(table)[1].text == "gone");
  CHECK_FALSE(table.holds(1));
  CHECK_THROWS(table[1]);
  CHECK_THROWS(table.release(1));
  CHECK_THROWS(table.put(0, {"again"}));
  table.release(0);
  CHECK(std::as_const(table)[0].text == "gone");
  table.put(0, {"back"});
  CHECK(table[0].text == "back");
}

TEST_CASE("an id whose row is gone costs 8 bytes for 4096 of them") {
  Table<Row> table;
  CHECK(table.bytes() == 0);
  table.push_back({"first"});
  const std::uint64_t one = table.bytes();
  constexpr std::size_t kIds = 100 * 4096;
  while (table.size() < kIds) {
    table.push_back({"soon gone"});
    table.release(table.size() - 1);
  }
  CHECK(table.bytes() == one + 99 * 8);
  table.put(50 * 4096, {"back"});
  CHECK(table.bytes() > one + 99 * 8);
  table.release(50 * 4096);
  CHECK(table.bytes() == one + 99 * 8);
  Table<Row> passed;
  passed.grow(kIds);
  CHECK(passed.bytes() == 100 * 8);
  CHECK(passed.size() == kIds);
  CHECK_FALSE(passed.holds(kIds - 1));
}
