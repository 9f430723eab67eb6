#include "reasoning/thoughts/join.h"

#include "tests/reasoning/thoughts/support.h"

using namespace noema;
using namespace noema::tests;

TEST_CASE("a concept joins the category that fits its neighbours, and moves from one that does not") {
  Graph graph = kinds(4000);
  applied(graph, *examine(graph, "divide"));
  const ConceptId word = *graph.find("n3");
  const ConceptId home = category_of(graph.nodes(), *graph.find("n4"));
  const KindSet unmerged = KindSet::all().without("merge");
  graph.set_category(word, 0);
  const Thought joins = checked(graph, "join", word, 0, unmerged);
  CHECK(joins.operands == thoughts::join_of(word, home));
  graph.set_category(word, category_of(graph.nodes(), *graph.find("k2w1")));
  const Thought moves = checked(graph, "join", word, 0, unmerged);
  CHECK(moves.gain_bits > 0);
  CHECK(moves.operands == thoughts::join_of(word, home));
}

TEST_CASE("two concepts that keep the same company can found a category, and it can be taken back") {
  Graph graph = spellings();
  const std::string hash = graph.hash();
  auto thought = weighed(graph, thoughts::join(), thoughts::found_of(*graph.find("red"), *graph.find("dark")));
  REQUIRE(thought);
  const Thought done = applied(graph, *thought);
  CHECK(category_of(graph.nodes(), *graph.find("red")) == done.result);
  done.kind->undo(graph, done, {});
  CHECK(graph.hash() == hash);
}
