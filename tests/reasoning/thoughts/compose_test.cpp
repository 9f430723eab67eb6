#include "reasoning/thoughts/compose.h"

#include "tests/reasoning/thoughts/support.h"

using namespace noema;
using namespace noema::tests;

TEST_CASE("compose gains where parts recur in order, and not where they do not") {
  const Graph graph = spellings();
  const auto gain = [&](const char* a, const char* b) {
    const auto thought = examine(graph, "compose", *graph.find(a), *graph.find(b));
    return thought ? thought->gain_bits : -1e9;
  };
  CHECK(gain("new", "york") > 0);
  CHECK(gain("york", "red") < 0);
  CHECK(gain("york", "new") < 0);
}

TEST_CASE("a composite is told by its parts") {
  Graph graph = spellings();
  const Thought done = applied(graph, *examine(graph, "compose", *graph.find("new"), *graph.find("york")));
  CHECK(done.kind->tell(done, [&](ConceptId id) { return label_of(graph, id); }) == "new + york -> new york");
}
