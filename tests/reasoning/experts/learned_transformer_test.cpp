#include "reasoning/experts/learned_transformer.h"

#include <catch2/catch.hpp>
#include <cmath>

using namespace noema;
using reasoning::Opinion;

TEST_CASE("the learned transformer predicts and spells where there is one, and is absent elsewhere") {
  const auto expert = reasoning::learned_transformer_expert().make({16});
  const concepts::Graph graph;
  reasoning::UnitReading unit;
  std::vector<Opinion> opinions{{0, 0, true}};
  expert->predict({graph, unit, {}, {}}, opinions, {});
  CHECK(opinions[0].absent);
  CHECK_FALSE(expert->spelling({graph, unit, {}, {}}));
  unit.learned_nats = 2;
  expert->predict({graph, unit, {}, {}}, opinions, {});
  CHECK(opinions[0].share == Approx(std::exp(-2)));
  CHECK(opinions[0].escape == 0);
  CHECK(expert->spelling({graph, unit, {}, {}}) == Approx(std::exp(-2)));
}
