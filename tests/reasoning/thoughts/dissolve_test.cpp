#include "reasoning/thoughts/dissolve.h"

#include "tests/reasoning/thoughts/support.h"

using namespace noema;
using namespace noema::tests;

TEST_CASE("dissolve does without a composite that does not pay, and keeps one that does") {
  Graph graph = spellings();
  const ConceptId odd = graph.compose(*graph.find("york"), *graph.find("red"), 1);
  const Thought thought = checked(graph, "dissolve", odd);
  CHECK(thought.gain_bits > 0);
  applied(graph, thought, 2);
  const ConceptId useful = graph.compose(*graph.find("new"), *graph.find("york"), 2);
  const auto keeps = examine(graph, "dissolve", useful);
  CHECK((!keeps || keeps->gain_bits < 0));
}

TEST_CASE("a category that dissolved comes back with its members") {
  Graph graph = spellings();
  const ConceptId a = *graph.find("red"), b = *graph.find("dark");
  const ConceptId category = graph.categorise(a, b, 1);
  const std::string hash = graph.hash();
  const auto thought = weighed(graph, thoughts::dissolve(), thoughts::dissolve_of(category));
  REQUIRE(thought);
  const Thought done = applied(graph, *thought, 2);
  CHECK(category_of(graph.nodes(), a) == 0);
  done.kind->undo(graph, done, {});
  CHECK(category_of(graph.nodes(), a) == category);
  CHECK(graph.hash() == hash);
}
