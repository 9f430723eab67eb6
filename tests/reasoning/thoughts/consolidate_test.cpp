#include "reasoning/thoughts/consolidate.h"

#include "tests/reasoning/thoughts/support.h"

using namespace noema;
using namespace noema::tests;

TEST_CASE("consolidating changes no graph and is not decided by its description") {
  const Graph graph = spellings();
  CHECK_FALSE(thoughts::consolidate().is_decided_by_description());
  CHECK_FALSE(thoughts::consolidate().changes_graph());
  CHECK_FALSE(thoughts::consolidate().weigh(graph, Operands::object()));
}
