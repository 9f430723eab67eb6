#include "reasoning/thoughts/associate.h"

#include "tests/reasoning/thoughts/support.h"

using namespace noema;
using namespace noema::tests;

TEST_CASE("an association is no part of L, links both ways and is taken back") {
  Graph graph = spellings();
  const std::string hash = graph.hash();
  const double bits = description_bits(graph);
  const ConceptId a = *graph.find("red"), b = *graph.find("fades");
  const auto thought = weighed(graph, thoughts::associate(), thoughts::association_of({{a, b}}));
  REQUIRE(thought);
  CHECK(thought->gain_bits == 0);
  const Thought done = applied(graph, *thought);
  CHECK(description_bits(graph) == bits);
  CHECK(graph.associates(a)[b] == 1);
  CHECK(graph.associates(b)[a] == 1);
  done.kind->undo(graph, done, {});
  CHECK(graph.hash() == hash);
}
