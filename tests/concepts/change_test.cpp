#include "concepts/change.h"

#include <catch2/catch.hpp>
#include <map>

#include "tests/concepts/random_graphs.h"

using namespace noema::concepts;

namespace {

using Pairs = std::map<std::pair<ConceptId, ConceptId>, std::int64_t>;

Pairs listed(const Effect& effect) {
  Pairs pairs;
  for (const CellChange& cell : effect.pairs) pairs[{cell.from, cell.to}] = cell.delta;
  return pairs;
}

/// How often which concept follows which, counted from the mentions one by one.
Pairs counted(const Graph& graph) {
  Pairs pairs;
  for (std::uint32_t e = graph.stream().first_episode(); e < graph.stream().episodes(); ++e) {
    ConceptId previous = kBoundary;
    for (const ConceptId node : nodes_in(graph, e)) {
      ++pairs[{previous, graph.concept_of(node)}];
      previous = graph.concept_of(node);
    }
    ++pairs[{previous, kBoundary}];
  }
  return pairs;
}

Pairs difference(const Pairs& after, const Pairs& before) {
  Pairs pairs = after;
  for (const auto& [pair, count] : before) pairs[pair] -= count;
  std::erase_if(pairs, [](const auto& one) { return one.second == 0; });
  return pairs;
}

}  // namespace

TEST_CASE("joining two mentions takes three pairs away and adds two") {
  Graph graph = graph_of({{"a", "b", "c"}});
  const auto w = ids_of(graph, {"a", "b", "c"});
  Node node;
  node.kind = Composite{w[0], w[1], {}};
  node.length = 2;
  const auto made = static_cast<ConceptId>(graph.size());
  const GraphChange change = joining(node, made, std::vector<Position>{0});
  const Effect effect(graph.ground(), change);
  CHECK(
      listed(effect) ==
      Pairs{
          {{kBoundary, w[0]}, -1}, {{w[0], w[1]}, -1}, {{w[1], w[2]}, -1}, {{kBoundary, made}, 1}, {{made, w[2]}, 1}});
  CHECK(effect.mentions == std::vector<std::pair<ConceptId, std::int64_t>>{{w[0], -1}, {w[1], -1}, {made, 1}});
  CHECK(effect.slots.empty());
}

TEST_CASE("neighbouring windows share the pair between them, and windows of two episodes do not") {
  for (const bool one_episode : {true, false}) {
    Graph graph = one_episode ? graph_of({{"a", "b", "a", "b"}}) : graph_of({{"a", "b"}, {"a", "b"}});
    const auto w = ids_of(graph, {"a", "b"});
    Node node;
    node.kind = Composite{w[0], w[1], {}};
    node.length = 2;
    const auto made = static_cast<ConceptId>(graph.size());
    const GraphChange change = joining(node, made, std::vector<Position>{0, 2});
    const Pairs pairs = listed(Effect(graph.ground(), change));
    CHECK(pairs.at({w[0], w[1]}) == -2);
    CHECK(pairs.contains({made, made}) == one_episode);
    CHECK(pairs.contains({w[1], w[0]}) == one_episode);
    CHECK(pairs.at({kBoundary, made}) == (one_episode ? 1 : 2));
  }
}

TEST_CASE("a mention that only changes its concept changes pairs and no mentions") {
  Graph graph = graph_of({{"a", "b"}});
  const auto w = ids_of(graph, {"a", "b"});
  const GraphChange change = reassigning(graph.ground(), std::vector<Position>{1}, w[0]);
  const Effect effect(graph.ground(), change);
  CHECK(listed(effect) ==
        Pairs{{{w[0], w[1]}, -1}, {{w[1], kBoundary}, -1}, {{w[0], w[0]}, 1}, {{w[0], kBoundary}, 1}});
  CHECK(effect.mentions.empty());
}

TEST_CASE("an episode that goes takes its pairs and mentions with it") {
  Graph graph = graph_of({{"a"}, {"a", "b"}, {}});
  const auto w = ids_of(graph, {"a", "b"});
  GraphChange change;
  change.end_detached = 1;
  const Effect first(graph.ground(), change);
  CHECK(listed(first) == Pairs{{{kBoundary, w[0]}, -1}, {{w[0], kBoundary}, -1}});
  CHECK(first.mentions == std::vector<std::pair<ConceptId, std::int64_t>>{{w[0], -1}});
  change = {};
  change.first_detached = 2;
  change.end_detached = 3;
  CHECK(listed(Effect(graph.ground(), change)) == Pairs{{{kBoundary, kBoundary}, -1}});
}

TEST_CASE("the effect of dividing anew is the difference of the pairs counted before and after") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Graph graph = graph_of(seed, 60);
    Rng rng(seed);
    for (int i = 0; i < 40; ++i)
      if (const auto thought = random_thought(graph, rng)) thought->apply();
    for (ConceptId id = 1; id < graph.size(); ++id) {
      if (graph.node(id).is<Category>() || !propose_dissolution(graph, id)) continue;
      const ConceptId self = id;
      const auto episodes = episodes_of(graph.stream(), mentions_of(graph.ground(), {&self, 1}));
      const GraphChange change = dividing_anew(graph.ground(), episodes, id);
      const Pairs claimed = listed(Effect(graph.ground(), change));
      const Pairs before = counted(graph);
      graph.dissolve(id);
      CHECK(claimed == difference(counted(graph), before));
    }
  }
}
