#include "reasoning/mixture.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

using noema::reasoning::kept_share;
using noema::reasoning::Mixture;
using noema::reasoning::Opinion;
using noema::reasoning::Spread;
using noema::reasoning::UnitReading;

namespace {

UnitReading unit_of(double p) {
  UnitReading unit;
  unit.nats = -std::log(p);
  unit.first_probability = static_cast<float>(p);
  return unit;
}

void learn(Mixture& mixture, const Mixture::Situation& situation, const std::vector<Opinion>& opinions) {
  mixture.learn(situation, opinions, mixture.weights(situation, opinions), 0.1);
}

constexpr double kOne[] = {1};

}  // namespace

TEST_CASE("a mixture comes to trust the expert that is right, where features and context bucket say that it is") {
  Mixture mixture(3, 2, 2);
  const double here[] = {1, 1}, there[] = {1, -1};
  const Opinion transformer{0, 1}, right{0.6, 0}, wrong{0.01, 0};
  for (int i = 0; i < 2000; ++i) {
    learn(mixture, {here, 0}, {transformer, right, wrong});
    learn(mixture, {there, 1}, {transformer, wrong, right});
  }
  const std::vector<Opinion> any{transformer, right, right};
  CHECK(mixture.weights({here, 0}, any)[1] > 0.9);
  CHECK(mixture.weights({there, 1}, any)[2] > 0.9);
  const auto weights = mixture.weights({here, 1}, any);
  CHECK(std::accumulate(weights.begin(), weights.end(), 0.0) == Approx(1));
}

TEST_CASE("absent experts leave their weight to the others") {
  Mixture mixture(3, 1, 1);
  const Opinion absent{0, 0, true};
  const std::vector<Opinion> opinions{{0, 1}, absent, absent};
  CHECK(mixture.weights({kOne, 0}, opinions)[0] == 1);
  learn(mixture, {kOne, 0}, opinions);
  CHECK(mixture.weights({kOne, 0}, opinions)[0] == 1);
}

TEST_CASE("a mixture's parameters can be read and set, one feature or bucket and expert at a time") {
  Mixture one(2, 1, 3), other(2, 1, 3);
  const std::vector<Opinion> opinions{{0, 1}, {0.4, 0}};
  for (std::size_t i = 0; i < 50; ++i) learn(one, {kOne, i % 3}, opinions);
  for (std::size_t e = 0; e < 2; ++e) {
    other.of_feature(0, e) = one.of_feature(0, e);
    for (std::size_t b = 0; b < one.buckets(); ++b) other.of_bucket(b, e) = one.of_bucket(b, e);
  }
  for (std::size_t i = 0; i < 50; ++i) {
    learn(one, {kOne, i % 3}, opinions);
    learn(other, {kOne, i % 3}, opinions);
    CHECK(one.weights({kOne, i % 3}, opinions) == other.weights({kOne, i % 3}, opinions));
  }
}

TEST_CASE("what the experts are given is taken from the transformer's tail, and all of it") {
  const std::vector<double> tokens{0.4, 0.2, 0.15, 0.1, 0.05, 0.04, 0.03, 0.02, 0.01};
  Spread spread;
  for (const double p : tokens) spread.mass[Spread::step_of(static_cast<float>(p))] += static_cast<float>(p);
  for (const double taxed : {0.0, 1.5, 2.0, 4.0}) {
    for (const double taken : {0.0, 0.01, 0.1, 0.3, 0.6, 0.99, 1.0}) {
      double kept = 0;
      for (const double p : tokens) {
        UnitReading unit = unit_of(p);
        unit.spread = spread;
        const double share = kept_share(unit, taken, taxed);
        CHECK(share >= -1e-6);
        kept += p * share;
      }
      CHECK(kept == Approx(1 - taken).margin(1e-6));
    }
  }
  UnitReading likely = unit_of(0.4);
  likely.spread = spread;
  CHECK(kept_share(likely, 0.1, 2) == 1);
  CHECK(kept_share(likely, 0.1, 0) == Approx(0.9));
  CHECK(kept_share(unit_of(0.4), 0.1, 2) == Approx(0.9));  // nothing is known of its spread
}
