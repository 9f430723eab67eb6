#include "concepts/names/looks.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <iterator>

using namespace noema::concepts::names;

TEST_CASE("a text has its units, its neighbours with edges, units nearby, and spellings", "[names]") {
  const std::vector<std::string> units{"a", "cat", "sat", "here"};
  const Looks looks = looks_of_text(units);
  CHECK(looks.of(Aspect::kUnits).size() == 4);
  CHECK(looks.of(Aspect::kNeighbours).size() == 5);
  CHECK(looks.of(Aspect::kNearby).size() == 3);  // a-sat, a-here, cat-here
  CHECK(looks.of(Aspect::kSpellings).size() == 1 + 2 * (3 + 2 + 1) + 4 + 3 + 2);
  CHECK(looks.of(Aspect::kPatches).empty());
  CHECK(looks_of_text({}).of(Aspect::kNeighbours).empty());
}

TEST_CASE("spellings are of characters, not of bytes", "[names]") {
  const std::vector<std::string> units{"红"};
  CHECK(looks_of_text(units).of(Aspect::kSpellings).size() == 1);  // edge, character, edge
}

TEST_CASE("the order of two units matters to neighbours, and to units nearby", "[names]") {
  const std::vector<std::string> one{"a", "b", "c"}, other{"c", "b", "a"};
  CHECK(looks_of_text(one).of(Aspect::kNearby) != looks_of_text(other).of(Aspect::kNearby));
  CHECK(looks_of_text(one).of(Aspect::kNeighbours)[1] != looks_of_text(other).of(Aspect::kNeighbours)[1]);
}

TEST_CASE("an image has squares with the fields they lie in, whatever its brightness", "[names]") {
  std::vector<float> image(28 * 28, 0), bright(28 * 28, 0.25F);
  for (std::size_t i = 300; i < 320; ++i) {
    image[i] = 1;
    bright[i] = 0.5F;
  }
  const Looks looks = looks_of_values(image, 28);
  CHECK(looks.of(Aspect::kPatches).size() > 5 * 5);  // a blank one in each field, and what the line shows
  CHECK(looks.of(Aspect::kWidePatches).size() > 4 * 4);
  CHECK(looks_of_values(std::vector<float>(28 * 28, 0), 28).of(Aspect::kPatches).size() == 5 * 5);
  CHECK(looks.of(Aspect::kUnits).empty());
  CHECK(looks_of_values(bright, 28).parts == looks.parts);
}

TEST_CASE("what is drawn a little aside keeps most of its squares, and what is drawn elsewhere does not", "[names]") {
  const auto kept_of_bar = [](std::size_t by) {
    std::vector<float> image(28 * 28, 0), moved(28 * 28, 0);
    for (std::size_t y = 6; y < 18; ++y) image[y * 28 + 8] = moved[y * 28 + 8 + by] = 1;
    const Parts one = looks_of_values(image, 28).of(Aspect::kPatches),
                other = looks_of_values(moved, 28).of(Aspect::kPatches);
    Parts both;
    std::set_intersection(one.begin(), one.end(), other.begin(), other.end(), std::back_inserter(both));
    return static_cast<double>(both.size()) / static_cast<double>(one.size());
  };
  CHECK(kept_of_bar(0) == 1);
  CHECK(kept_of_bar(1) > 0.7);
  CHECK(kept_of_bar(12) < 0.6);
}

TEST_CASE("values without a neighbourhood are parts with their place", "[names]") {
  const std::vector<float> values{0, 1, 0};
  const Looks looks = looks_of_values(values, 0);
  CHECK(looks.of(Aspect::kUnits).size() == 3);
  CHECK(looks.of(Aspect::kUnits)[0] != looks.of(Aspect::kUnits)[2]);
}

TEST_CASE("an image in which no square fits has its pixels for parts", "[names]") {
  const std::vector<float> values{0, 1, 0, 1, 1, 0};
  CHECK(looks_of_values(values, 3).parts == looks_of_values(values, 0).parts);
  CHECK(looks_of_values(std::vector<float>(64, 0), 8).of(Aspect::kUnits).empty());
}
