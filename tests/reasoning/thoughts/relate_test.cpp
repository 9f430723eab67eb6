#include "reasoning/thoughts/relate.h"

#include "tests/reasoning/thoughts/support.h"

using namespace noema;
using namespace noema::tests;

TEST_CASE("relate makes a schema of a word and the category that fills the place beside it") {
  Graph graph = kinds(3000);
  applied(graph, *examine(graph, "divide"));
  const ConceptId numbers = category_of(graph.nodes(), *graph.find("n1"));
  const Thought thought = checked(graph, "relate", numbers);
  const Thought done = applied(graph, thought, 2);
  CHECK(graph.node(done.result).is<concepts::Schema>());
  CHECK(graph.node(done.result).as<concepts::Schema>()->fillers.size() >= 10);
  CHECK(graph.node(done.result).mentions > 200);
}

TEST_CASE("a settled schema keeps its fillers: a member that joins later does not fill the slot") {
  Graph graph = kinds(3000);
  applied(graph, *examine(graph, "divide"));
  const Thought done = applied(graph, *examine(graph, "relate", category_of(graph.nodes(), *graph.find("n1"))), 2);
  CHECK(done.operands.at("fillers").size() == graph.node(done.result).as<concepts::Schema>()->fillers.size());
}
