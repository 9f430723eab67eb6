#include "concepts/node_keys.h"

#include <catch2/catch.hpp>
#include <set>
#include <vector>

using namespace noema::concepts;

TEST_CASE("a pair's key depends on both parts and on their order") {
  CHECK(pair_key(1, 2) != pair_key(2, 1));
  CHECK(pair_key(0, 0) == 0);
  CHECK(pair_key(0xFFFFFFFF, 0xFFFFFFFF) == ~std::uint64_t{0});
  CHECK(pair_key(1, 0) == std::uint64_t{1} << 32);
}

TEST_CASE("short rows of units have keys of their own") {
  std::vector<std::vector<ConceptId>> rows{{}};
  for (std::size_t begin = 0, length = 0; length < 5; ++length) {
    const std::size_t end = rows.size();
    for (; begin < end; ++begin)
      for (const ConceptId unit : {0U, 1U, 2U, 0xFFFFFFF0U, 0xFFFFFFFFU}) {
        auto row = rows[begin];
        row.push_back(unit);
        rows.push_back(row);
      }
  }
  std::set<std::uint64_t> keys;
  for (const auto& row : rows) keys.insert(units_key(row));
  CHECK(rows.size() == 1 + 5 + 25 + 125 + 625 + 3125);
  CHECK(keys.size() == rows.size());
}
