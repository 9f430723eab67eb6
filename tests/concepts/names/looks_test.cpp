#include "concepts/names/looks.h"

#include <catch2/catch.hpp>

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

TEST_CASE("an image has squares with their places, whatever its brightness", "[names]") {
  std::vector<float> image(28 * 28, 0), bright(28 * 28, 0.25F);
  for (std::size_t i = 300; i < 320; ++i) {
    image[i] = 1;
    bright[i] = 0.5F;
  }
  const Looks looks = looks_of_values(image, 28);
  CHECK(looks.of(Aspect::kPatches).size() == 13 * 13);
  CHECK(looks.of(Aspect::kWidePatches).size() == 11 * 11);
  CHECK(looks.of(Aspect::kUnits).empty());
  CHECK(looks_of_values(bright, 28).parts == looks.parts);
  CHECK(looks.of(Aspect::kPatches)[0] != looks.of(Aspect::kPatches)[1]);  // both blank, in two places
}

TEST_CASE("values without a neighbourhood are parts with their place", "[names]") {
  const std::vector<float> values{0, 1, 0};
  const Looks looks = looks_of_values(values, 0);
  CHECK(looks.of(Aspect::kUnits).size() == 3);
  CHECK(looks.of(Aspect::kUnits)[0] != looks.of(Aspect::kUnits)[2]);
}
