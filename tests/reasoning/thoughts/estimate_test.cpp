#include "reasoning/thoughts/estimate.h"

#include "base/error.h"
#include "tests/reasoning/thoughts/support.h"

using namespace noema;
using namespace noema::tests;

TEST_CASE("an estimate shortens the description, is journalled by named fields and taken back") {
  Graph graph = spellings();
  const auto thought = examine(graph, "estimate");
  REQUIRE(thought);
  CHECK(thought->gain_bits > 0);
  const auto before = graph.sequence().concentrations();
  CHECK(concepts::concentrations_in(concepts::fields_of(before)) == before);
  const std::string hash = graph.hash();
  const double bits = description_bits(graph);
  const Thought done = applied(graph, *thought);
  CHECK(bits - description_bits(graph) == Approx(thought->gain_bits).margin(1e-6));
  CHECK_FALSE(examine(graph, "estimate"));
  done.kind->undo(graph, done, {});
  CHECK(graph.hash() == hash);
}

TEST_CASE("the eight integers of format 1 are read, and integers out of range are refused") {
  const concepts::Concentrations defaults;
  CHECK(concepts::concentrations_of_format1({88, 64, 80, 64, 88, 64, 66, 70}) == defaults);
  CHECK_THROWS_AS(concepts::concentrations_of_format1({88}), base::Error);
  CHECK_THROWS_AS(concepts::concentrations_of_format1({64, 64, 80, 64, 88, 64, 66, 70}), base::Error);
}
