#include "reasoning/thoughts/let_go.h"

#include <memory>

#include "tests/reasoning/thoughts/support.h"

using namespace noema;
using namespace noema::tests;

namespace {

/// What every input of spellings() said: kept beside the graph, as a life keeps its text.
concepts::Past past_of(const Graph& graph) {
  auto written = std::make_shared<std::vector<std::vector<concepts::PastUnit>>>();
  for (std::uint32_t episode = 0; episode < graph.stream().episodes(); ++episode) {
    auto& units = written->emplace_back();
    for (const ConceptId id : graph.stream().leaves(episode)) {
      const auto& unit = *graph.node(id).as<concepts::Unit>();
      units.push_back({unit.label, unit.surfaces.front().first, id});
    }
  }
  return [written](std::uint32_t episode) { return written->at(episode); };
}

}  // namespace

TEST_CASE("inputs that were let go of come back with the words that faded") {
  Graph graph = spellings();
  const concepts::Past past = past_of(graph);
  const std::string hash = graph.hash();
  const concepts::Forgetting forgetting = graph.forgetting(300);
  const Thought thought = thoughts::letting_go_of(graph, forgetting);
  graph.forget(forgetting, past);
  CHECK(graph.hash() != hash);
  CHECK(thoughts::faded_in(thought).size() == forgetting.faded.size());
  thought.kind->undo(graph, thought, past);
  CHECK(graph.hash() == hash);
  CHECK_FALSE(first_difference(graph));
}
