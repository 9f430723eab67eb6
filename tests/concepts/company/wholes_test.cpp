#include "concepts/company/wholes.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "base/error.h"
#include "base/rng.h"

using namespace noema::concepts::company;
namespace base = noema::base;

namespace {

WholeUnit unit(const std::string& name, std::uint64_t occurrences) { return {{name, name, " " + name}, occurrences}; }

/// Units a to e (0 to 4), the wholes "a b" (5), "a b c" (6) and "d e" (7).
Wholes wholes_of_letters() {
  return Wholes({unit("a", 4), unit("b", 4), unit("c", 8), unit("d", 2), unit("e", 0)},
                {{0, 1, 16, 3}, {5, 2, 8, 1}, {3, 4, 22, 0.1}});
}

/// The least bits of all ways to tell the units: the plain version.
double least_bits(const Wholes& wholes, std::span<const Part> units) {
  if (units.empty()) return 0;
  double least = wholes.bits(units[0]) + least_bits(wholes, units.subspan(1));
  for (std::size_t i = 0; i < wholes.wholes().size(); ++i) {
    const auto whole = static_cast<Part>(wholes.units().size() + i);
    const auto spelled = wholes.spelled(whole);
    if (spelled.size() <= units.size() && std::equal(spelled.begin(), spelled.end(), units.begin()))
      least = std::min(least, wholes.bits(whole) + least_bits(wholes, units.subspan(spelled.size())));
  }
  return least;
}

}  // namespace

TEST_CASE("a part takes log2(N / n) bits, and one that never stands alone half an occurrence", "[company]") {
  const Wholes wholes = wholes_of_letters();
  CHECK(wholes.bits(2) == Approx(std::log2(64.0 / 8)));
  CHECK(wholes.bits(5) == Approx(std::log2(64.0 / 16)));
  CHECK(wholes.bits(4) == Approx(std::log2(64.0 / 0.5)));
}

TEST_CASE("texts are told by the parts that take least bits, as trying all ways finds", "[company]") {
  const Wholes wholes = wholes_of_letters();
  base::Rng rng(3);
  for (int round = 0; round < 200; ++round) {
    std::vector<Part> units(rng.below(9));
    for (Part& one : units) one = static_cast<Part>(rng.below(5));
    double bits = 0;
    std::vector<Part> told;
    for (const Part part : wholes.shortest(units)) {
      bits += wholes.bits(part);
      for (const Part one : wholes.spelled(part)) told.push_back(one);
    }
    CHECK(told == units);
    CHECK(bits == Approx(least_bits(wholes, units)));
  }
}

TEST_CASE("one whole can be left out, and those that are not named", "[company]") {
  const Wholes wholes = wholes_of_letters();
  const std::vector<Part> units{0, 1, 2, 3, 4};
  CHECK(wholes.shortest(units) == std::vector<Part>{6, 7});
  CHECK(wholes.shortest_without(units, 6) == std::vector<Part>{5, 2, 7});
  REQUIRE(wholes.bits_a_unit() > 2);
  REQUIRE(wholes.bits_a_unit() < 6);
  CHECK(wholes.is_named(5));
  CHECK_FALSE(wholes.is_named(6));
  CHECK_FALSE(wholes.is_named(0));
  CHECK(wholes.shortest_named(units) == std::vector<Part>{5, 2, 3, 4});
}

TEST_CASE("bits of a text are those of its parts, and of its units with all their occurrences", "[company]") {
  const Wholes wholes = wholes_of_letters();
  const auto bits = wholes.bits_of(std::vector<std::string>{"a", "b", "c"});
  CHECK(bits.by_wholes == Approx(wholes.bits(6)));
  // a and b stand 4 + 16 + 8 times, c 8 + 8, d 2 + 22, e 22: 118 units.
  CHECK(bits.by_units == Approx(2 * std::log2(118.0 / 28) + std::log2(118.0 / 16)));
  const auto unknown = wholes.bits_of(std::vector<std::string>{"xyz"});
  CHECK(unknown.by_wholes == Approx(std::log2(123.0) + 24));
  CHECK(unknown.by_units == unknown.by_wholes);
}

TEST_CASE("an unknown unit stands by itself between wholes", "[company]") {
  const Wholes wholes = wholes_of_letters();
  CHECK(wholes.find("b") == 1);
  CHECK(wholes.find("zyzzyva") == kNoPart);
  CHECK(wholes.shortest(std::vector<Part>{0, 1, kNoPart, 3, 4}) == std::vector<Part>{5, kNoPart, 7});
  CHECK(wholes.shortest({}).empty());
}

TEST_CASE("a whole is written by its units, each as it stands behind another one", "[company]") {
  const Wholes wholes({{{"new", "New", " New"}, 1}, {{"york", "York", " York"}, 1}, {{"道", "道", "道"}, 1}},
                      {{0, 1, 5, 9}, {2, 2, 1, 1}});
  CHECK(wholes.label(3) == "New York");
  CHECK(wholes.label(4) == "道道");
  CHECK(wholes.label(0) == "New");
}

TEST_CASE("a part that is none of its whole's, and a whole of too many units, are refused", "[company]") {
  CHECK_THROWS_AS(Wholes({unit("a", 1)}, {{0, 1, 1, 0}}), base::Error);
  std::vector<Whole> doubled{{0, 0, 1, 0}};
  for (Part i = 1; i < 8; ++i) doubled.push_back({i, i, 1, 0});
  CHECK_THROWS_AS(Wholes({unit("a", 1)}, doubled), base::Error);
}
