#include "concepts/graph_view.h"

#include <catch2/catch.hpp>
#include <utility>

#include "tests/concepts/random_graphs.h"

using namespace noema::concepts;

TEST_CASE("an empty graph has the boundary and nothing else") {
  const Graph graph;
  CHECK(graph.size() == 1);
  CHECK(graph.concepts() == 0);
  CHECK(graph.nodes().units() == 1);
  CHECK(graph.stream().episodes() == 0);
  CHECK_FALSE(graph.find("anything"));
  CHECK_FALSE(graph.has_idle());
  CHECK(graph.associates(kBoundary).empty());
  CHECK_FALSE(first_difference(graph));
}

TEST_CASE("labels are a unit's most frequent writing, parts in a row, and members in braces") {
  Graph graph;
  for (const char* surface : {" Cat", " cat", " cat"}) graph.perceive_unit("cat", surface);
  perceive(graph, {"cat", "runs"});
  perceive(graph, {"dog", "runs"});
  perceive(graph, {"dog", "runs"});
  const auto w = ids_of(graph, {"cat", "dog", "runs"});
  CHECK(label_of(graph, w[0]) == "cat");
  const ConceptId animal = graph.categorise(w[0], w[1], 1);
  CHECK(label_of(graph, animal) == "{dog|cat}");  // the commoner one first
  // The schema takes all mentions of both: equally common, the older one comes first.
  CHECK(label_of(graph, graph.relate(animal, w[2], {w[0], w[1]}, 2)) == "{cat|dog} runs");
}

TEST_CASE("what followed the units of a node is what stands behind them in the stream") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    Graph graph = graph_of(seed, 80);
    Rng rng(seed);
    for (int i = 0; i < 80; ++i)
      if (const auto thought = random_thought(graph, rng)) thought->apply();
    const Stream& stream = graph.stream();
    for (ConceptId id = 1; id < graph.size(); ++id) {
      const Node& node = graph.node(id);
      if (!node.active || node.is<Category>()) continue;
      std::map<ConceptId, std::uint32_t> plain;
      for (const Position p : graph.nodes().positions_of(id)) {
        const Position next = p + node.length;
        ++plain[stream.begins_episode(next) ? kBoundary : stream.leaf(next)];
      }
      CHECK(followers_of(graph, id).sorted() ==
            std::vector<std::pair<ConceptId, std::uint32_t>>(plain.begin(), plain.end()));
      CHECK(followed(graph, id) == graph.nodes().positions_of(id).size());
    }
  }
}

TEST_CASE("what stands on a node is named") {
  Graph graph = graph_of({{"a", "b", "c", "d"}, {"a", "b", "c", "d"}});
  const auto w = ids_of(graph, {"a", "b", "c", "d"});
  const Nodes& nodes = graph.nodes();
  CHECK_FALSE(stands_on(nodes, w[0]));
  const ConceptId ab = graph.compose(w[0], w[1], 1);
  CHECK(stands_on(nodes, w[0]) == ab);
  CHECK_FALSE(stands_on(nodes, ab));
  graph.redirect(w[3], w[2]);
  CHECK(stands_on(nodes, w[2]) == w[3]);
  CHECK(stands_on(nodes, w[3]) == w[2]);
  const ConceptId both = graph.categorise(ab, w[2], 2);
  CHECK(stands_on(nodes, ab) == both);
  CHECK_FALSE(stands_on(nodes, both));  // two members go with it
  graph.set_category(w[0], both);
  CHECK(stands_on(nodes, both) == ab);  // its last member of three
}

TEST_CASE("the version differs after every change") {
  Graph graph = graph_of({{"a", "b"}, {"a", "b"}});
  const auto w = ids_of(graph, {"a", "b"});
  std::uint64_t version = graph.version();
  const auto changed = [&] { return std::exchange(version, graph.version()) != version; };
  CHECK_FALSE(changed());
  perceive(graph, {"a"});
  CHECK(changed());
  graph.compose(w[0], w[1], 1);
  CHECK(changed());
  graph.protect(w[0]);
  CHECK(changed());
  graph.protect(w[0]);  // already
  CHECK_FALSE(changed());
}

TEST_CASE("bytes grow with what is attached and made, and are near what is held") {
  Graph graph;
  std::uint64_t before = graph.bytes();
  for (int i = 0; i < 200; ++i) {
    perceive(graph, {"word" + std::to_string(i), "and", "more"});
    REQUIRE(graph.bytes() > before);
    before = graph.bytes();
  }
  CHECK(static_cast<double>(held_bytes(graph)) == Approx(static_cast<double>(before)).epsilon(0.1));
}
