#include "reasoning/thoughts/leave.h"

#include "tests/reasoning/thoughts/support.h"

using namespace noema;
using namespace noema::tests;

TEST_CASE("a concept leaves the category that does not fit it") {
  Graph graph = kinds(4000);
  applied(graph, *examine(graph, "divide"));
  const ConceptId word = *graph.find("n3");
  graph.set_category(word, category_of(graph.nodes(), *graph.find("k2w1")));
  const std::string hash = graph.hash();
  const auto thought = weighed(graph, thoughts::leave(), thoughts::leave_of(word));
  REQUIRE(thought);
  CHECK(thought->gain_bits > 0);
  const Thought done = applied(graph, *thought);
  CHECK(category_of(graph.nodes(), word) == 0);
  done.kind->undo(graph, done, {});
  CHECK(graph.hash() == hash);
}
