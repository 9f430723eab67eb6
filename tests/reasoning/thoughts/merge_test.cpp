#include "reasoning/thoughts/merge.h"

#include "tests/reasoning/thoughts/support.h"

using namespace noema;
using namespace noema::tests;

TEST_CASE("merge finds the concept that keeps the same company") {
  Graph graph = spellings();
  const KindSet only_merges = KindSet::all().without("join").without("leave");
  const auto thought = examine(graph, "merge", *graph.find("colour"), 0, only_merges);
  REQUIRE(thought);
  CHECK(thought->operands == thoughts::merge_of(*graph.find("color"), *graph.find("colour")));
}
