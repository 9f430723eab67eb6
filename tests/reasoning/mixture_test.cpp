#include "reasoning/mixture.h"

#include <catch2/catch.hpp>
#include <numeric>

using noema::reasoning::Mixture;

TEST_CASE("a mixture comes to trust the expert that is right, in the room where it is right") {
  Mixture mixture(3, 2);
  for (int i = 0; i < 2000; ++i) {
    mixture.predict_and_learn(0, std::vector<double>{0.1, 0.6, 0.01});
    mixture.predict_and_learn(1, std::vector<double>{0.1, 0.01, 0.6});
  }
  CHECK(mixture.weights(0)[1] > 0.9);
  CHECK(mixture.weights(1)[2] > 0.9);
  const auto weights = mixture.weights(0);
  CHECK(std::accumulate(weights.begin(), weights.end(), 0.0) == Approx(1));
}

TEST_CASE("absent experts leave their weight to the others") {
  Mixture mixture(3, 1);
  CHECK(mixture.predict_and_learn(0, std::vector<double>{0.25, Mixture::kAbsent, Mixture::kAbsent}) == Approx(0.25));
}

TEST_CASE("a mixture's state can be kept and restored") {
  Mixture one(2, 1), other(2, 1);
  for (int i = 0; i < 50; ++i) one.predict_and_learn(0, std::vector<double>{0.2, 0.4});
  other.restore(one.state());
  CHECK(other.weights(0) == one.weights(0));
}

TEST_CASE("an expert that was long absent is heard when it comes") {
  Mixture mixture(3, 1);
  const double before = mixture.weights(0)[2];
  const std::vector<double> two{0.1, 0.2, Mixture::kAbsent};
  for (int i = 0; i < 20000; ++i) mixture.predict_and_learn(0, two);
  CHECK(mixture.weights(0)[2] == Approx(before));
  const std::vector<double> three{0.1, 0.2, 0.6};
  for (int i = 0; i < 20000; ++i) mixture.predict_and_learn(0, three);
  CHECK(mixture.weights(0)[2] > 0.9);
}
