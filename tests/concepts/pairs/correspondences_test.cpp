#include "concepts/pairs/correspondences.h"

#include <catch2/catch.hpp>

using namespace noema::concepts::pairs;

TEST_CASE("a unit that stood once for one place is expected there with a half: a hand-computed case") {
  Correspondences known;
  const std::vector<Place> place{{key_of(7), 1}};
  known.learn(place, 3);
  std::vector<float> shares(10, 0);
  CHECK(known.predict(place, shares) == Approx(0.5));  // c = 1: 1 / (1 + 1), and as much is left to others
  CHECK(shares[3] == Approx(0.5));
  CHECK(known.nodes() == 1);
  CHECK(known.edges() == 1);
}

TEST_CASE("a count is divided by attention and by what is known already") {
  Correspondences known;
  known.learn(std::vector<Place>{{key_of(1), 0.5}, {key_of(2), 0.5}}, 5);
  std::vector<float> first(10, 0), second(10, 0);
  known.predict(std::vector<Place>{{key_of(1), 1}}, first);
  CHECK(first[5] == Approx(0.5 / 1.5));  // both nodes are alike: half a count each
  // Unit 1 stood for 5 alone several times; then 5 beside 1 and 9 belongs to 1, though 9 is attended as much.
  for (int i = 0; i < 5; ++i) known.learn(std::vector<Place>{{key_of(1), 1}}, 5);
  known.learn(std::vector<Place>{{key_of(1), 0.5}, {key_of(9), 0.5}}, 5);
  known.predict(std::vector<Place>{{key_of(9), 1}}, second);
  CHECK(second[5] < 0.05F);
}

TEST_CASE("what is given and what is left sum to the attention, whatever was learned") {
  Correspondences known;
  for (std::int32_t i = 0; i < 200; ++i)
    known.learn(std::vector<Place>{{key_of(i % 7), 0.6}, {key_of(i % 5 + 10), 0.4}}, (i * i) % 11);
  std::vector<float> shares(11, 0);
  const double given = known.predict(std::vector<Place>{{key_of(3), 0.7}, {key_of(12), 0.2}}, shares);
  double sum = 0;
  for (const float share : shares) sum += double{share};
  CHECK(sum == Approx(given).epsilon(1e-5));
  CHECK(given < 0.9);
}

TEST_CASE("a unit alone, between neighbours, and at an end are nodes of their own") {
  CHECK(key_of(1) != key_of(kNone, 1, kNone));
  CHECK(key_of(1, 2, 3) != key_of(3, 2, 1));
  CHECK(key_of(kNone, 2, 3) != key_of(3, 2, kNone));
}
