#include "reasoning/thoughts/split.h"

#include "tests/reasoning/thoughts/support.h"

using namespace noema;
using namespace noema::tests;

TEST_CASE("split gives a unit a sense where its neighbours tell one, and not where they do not") {
  Graph graph = kinds(3000);
  const Thought thought = checked(graph, "split", *graph.find("both"));
  CHECK(thought.gain_bits > 0);
  const auto senseless = examine(graph, "split", *graph.find("n1"));
  CHECK((!senseless || senseless->gain_bits < 0));
}
