#include "reasoning/thoughts/merge.h"

#include "tests/reasoning/thoughts/support.h"

using namespace noema;
using namespace noema::tests;

TEST_CASE("two concepts of the same company are not merged for it") {
  Graph graph = spellings();
  const KindSet only_merges = KindSet::all().without("join").without("leave");
  CHECK_FALSE(examine(graph, "merge", *graph.find("colour"), 0, only_merges));
  CHECK_FALSE(thoughts::merge().is_decided_by_description());
  CHECK(thoughts::merge().changes_graph());
}

TEST_CASE("a merge makes the younger a form of the older, and is taken back") {
  Graph graph = spellings();
  const ConceptId a = *graph.find("color"), b = *graph.find("colour");
  const auto before = graph.hash();
  const Thought thought = applied(graph, *weighed(graph, thoughts::merge(), thoughts::merge_of(a, b)));
  CHECK(graph.concept_of(std::max(a, b)) == std::min(a, b));
  CHECK(thought.result == std::min(a, b));
  thought.kind->undo(graph, thought, {});
  CHECK(graph.hash() == before);
}
