#include "reasoning/thoughts/keep.h"

#include "reasoning/thoughts/compose.h"
#include "reasoning/thoughts/dissolve.h"
#include "reasoning/undoing.h"
#include "tests/reasoning/thoughts/support.h"

using namespace noema;
using namespace noema::tests;

TEST_CASE("what is kept is not dissolved, and what made it is not taken back, until the keeping is") {
  Graph graph = spellings();
  const ConceptId york = *graph.find("york"), red = *graph.find("red");
  const Thought made = applied(graph, *weighed(graph, thoughts::compose(), thoughts::compose_of(york, red)), 1);
  const auto dissolving = [&] { return weighed(graph, thoughts::dissolve(), thoughts::dissolve_of(made.result)); };
  const std::string hash = graph.hash();
  REQUIRE(dissolving());
  const Thought kept = applied(graph, *weighed(graph, thoughts::keep(), thoughts::keep_of(made.result)), 2);
  CHECK(graph.hash() == hash);
  CHECK_FALSE(dissolving());
  CHECK_FALSE(first_difference(graph));
  CHECK(stands_on(graph, kept, made));
  CHECK(graph.nodes().protected_nodes() == 1);
  CHECK_FALSE(weighed(graph, thoughts::keep(), thoughts::keep_of(made.result)));  // it is kept already
  kept.kind->undo(graph, kept, {});
  CHECK(dissolving());
  CHECK(graph.nodes().protected_nodes() == 0);
  CHECK(graph.hash() == hash);
}

TEST_CASE("only what a thought made is kept, and nothing but a person decides it") {
  Graph graph = spellings();
  CHECK_FALSE(weighed(graph, thoughts::keep(), thoughts::keep_of(*graph.find("york"))));
  CHECK_FALSE(weighed(graph, thoughts::keep(), thoughts::keep_of(static_cast<ConceptId>(graph.size()))));
  const ConceptId pair = graph.compose(*graph.find("new"), *graph.find("york"), 1);
  CHECK(weighed(graph, thoughts::keep(), thoughts::keep_of(pair)));
  CHECK_FALSE(thoughts::keep().is_decided_by_description());
  const Thought thought = applied(graph, *weighed(graph, thoughts::keep(), thoughts::keep_of(pair)), 2);
  CHECK(thoughts::keep().tell(thought, [](ConceptId) { return "new york"; }) == "new york");
}
