#include "reasoning/experts/transformer.h"

#include <catch2/catch.hpp>

using namespace noema;
using reasoning::Opinion;

TEST_CASE("the transformer leaves every unit to its own spelling, and tells the gate how sure it was") {
  const auto kind = reasoning::transformer_expert();
  const auto expert = kind.make({16});
  const concepts::Graph graph;
  reasoning::UnitReading unit;
  unit.nats = 4;
  unit.peak = -0.5;
  std::vector<Opinion> opinions{{0, 0, true}};
  std::vector<double> features(kind.features.size());
  expert->predict({graph, unit, {}, {}}, opinions, features);
  CHECK(opinions[0].escape == 1);
  CHECK(opinions[0].share == 0);
  CHECK_FALSE(opinions[0].absent);
  CHECK(features[0] == -0.5);
  const double before = features[2];
  expert->learn({graph, unit, {}, {}});
  expert->predict({graph, unit, {}, {}}, opinions, features);
  CHECK(features[2] == Approx(before + 4.0 / 3));
}
