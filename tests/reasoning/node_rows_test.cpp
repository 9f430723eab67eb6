#include "reasoning/node_rows.h"

#include "base/error.h"
#include "tests/reasoning/lives.h"
#include "tests/reasoning/thoughts/support.h"

using namespace noema;
using namespace noema::tests;

namespace {

/// The graph that the rows of a graph describe, with the same episodes attached.
Graph restored(const Graph& graph, const Meaning& meaning) {
  Graph other;
  for (ConceptId id = 1; id < graph.size(); ++id) other.restore_node(node_of(row_of(graph, meaning, id)));
  other.finish_restoring();
  other.set_concentrations(graph.sequence().concentrations());
  for (std::uint32_t episode = 0; episode < graph.stream().episodes(); ++episode) {
    const auto leaves = graph.stream().leaves(episode);
    other.attach(std::vector<ConceptId>(leaves.begin(), leaves.end()));
  }
  return other;
}

}  // namespace

TEST_CASE("nodes of every kind come back from their rows") {
  Graph graph = kinds(600);
  const auto id = [&](const char* word) { return *graph.find(word); };
  graph.compose(id("m0"), id("k0w0"), 1);
  const ConceptId category = graph.categorise(id("n0"), id("n1"), 2);
  graph.relate(id("in"), category, concepts::fillers_for(graph.nodes(), id("in"), category), 3);
  graph.split(id("both"), concepts::Side::kBefore, std::vector{id("in")}, 4);
  graph.redirect(std::max(id("k1w1"), id("k1w2")), std::min(id("k1w1"), id("k1w2")));
  graph.dissolve(graph.compose(id("m1"), id("k1w3"), 5));
  std::set<std::string> seen;
  for (ConceptId node = 1; node < graph.size(); ++node) seen.insert(concepts::record_of(graph, node).kind);
  CHECK(seen == std::set<std::string>{"category", "composite", "schema", "sense"});
  const auto model = small_model();
  const Meaning meaning(model);
  CHECK(restored(graph, meaning).hash() == graph.hash());
}

TEST_CASE("a row says how often a concept was met, how it was written and what came after it") {
  Graph graph;
  const ConceptId red = graph.perceive_unit("red", "Red");
  graph.perceive_unit("red", " red");
  graph.perceive_unit("red", " red");
  const ConceptId fox = graph.perceive_unit("fox", " fox");
  graph.attach(std::vector{red, fox, red});
  graph.attach(std::vector{red, fox});
  const auto model = small_model();
  Meaning meaning(model);
  meaning.perceive({"Red"}, {red});
  const memory::ConceptRow row = row_of(graph, meaning, red);
  CHECK(row.id == red);
  CHECK(row.kind == "sense");
  CHECK(row.label == "red");
  CHECK(row.count == 3);
  CHECK(row.created_by == 0);
  CHECK(row.forms == std::vector<std::pair<std::string, std::int64_t>>{{"Red", 1}, {" red", 2}});
  CHECK(row.follows == std::vector<std::pair<memory::ConceptId, std::int64_t>>{{concepts::kBoundary, 1}, {fox, 2}});
  CHECK(row.vector == meaning.coded(red));
}

TEST_CASE("a row of an unknown kind is refused") {
  memory::ConceptRow row;
  row.id = 1;
  row.kind = "dream";
  row.label = "x";
  CHECK_THROWS_AS(node_of(row), base::Error);
}
