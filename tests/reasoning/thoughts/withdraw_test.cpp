#include "reasoning/thoughts/withdraw.h"

#include "tests/reasoning/thoughts/support.h"

using namespace noema;
using namespace noema::tests;

TEST_CASE("a withdrawal names its input, leaves the graph as it is, and nothing decides it but a person") {
  Graph graph = spellings();
  const auto before = graph.hash();
  const Thought thought = applied(graph, *weighed(graph, thoughts::withdraw(), thoughts::withdraw_of(3)));
  CHECK(graph.hash() == before);
  thought.kind->undo(graph, thought, {});
  CHECK(graph.hash() == before);
  CHECK_FALSE(thoughts::withdraw().is_decided_by_description());
  CHECK_FALSE(thoughts::withdraw().changes_graph());
  CHECK(thoughts::withdraw().tell(thought, {}) == "input 3");
  CHECK_THROWS_WITH(thoughts::withdrawn_in({{"input", "x"}}), Catch::Contains("names no input"));
}
