#include "concepts/occurrences.h"

#include <catch2/catch.hpp>

#include "tests/concepts/random_graphs.h"

using namespace noema::concepts;

namespace {

/// Division by its definition: again and again the oldest node that joins two neighbours, the leftmost pair first; then
/// the oldest sense of each unit left alone that a neighbouring unit selects.
std::vector<ConceptId> divided_plainly(const Nodes& nodes, const std::vector<ConceptId>& units) {
  struct Piece {
    ConceptId node;
    std::size_t at;
  };
  std::vector<Piece> pieces;
  for (std::size_t i = 0; i < units.size(); ++i) pieces.push_back({units[i], i});
  for (;;) {
    std::size_t best = pieces.size();
    ConceptId made = 0;
    for (std::size_t i = 0; i + 1 < pieces.size(); ++i)
      if (const auto joined = nodes.joined(pieces[i].node, pieces[i + 1].node);
          joined && (best == pieces.size() || *joined < made)) {
        best = i;
        made = *joined;
      }
    if (best == pieces.size()) break;
    pieces[best].node = made;
    pieces.erase(pieces.begin() + static_cast<std::ptrdiff_t>(best) + 1);
  }
  std::vector<ConceptId> divided;
  for (const Piece& piece : pieces) {
    ConceptId node = piece.node;
    if (const Unit* unit = nodes[node].as<Unit>())
      for (const ConceptId id : unit->senses) {
        const Sense& sense = *nodes[id].as<Sense>();
        const std::size_t i = piece.at;
        const ConceptId beside = sense.side == Side::kBefore ? (i == 0 ? kBoundary : units[i - 1])
                                                             : (i + 1 == units.size() ? kBoundary : units[i + 1]);
        if (std::find(sense.neighbours.begin(), sense.neighbours.end(), beside) == sense.neighbours.end()) continue;
        node = id;
        break;
      }
    divided.push_back(node);
  }
  return divided;
}

/// Where these units stand in a row within one episode, found by looking everywhere.
std::vector<Position> found_plainly(const Stream& stream, const std::vector<ConceptId>& units) {
  std::vector<Position> found;
  for (std::uint32_t e = stream.first_episode(); e < stream.episodes(); ++e)
    for (Position p = stream.begin(e); p + units.size() <= stream.end(e); ++p) {
      bool all = true;
      for (std::size_t i = 0; i < units.size(); ++i) all = all && stream.leaf(p + static_cast<Position>(i)) == units[i];
      if (all) found.push_back(p);
    }
  return found;
}

}  // namespace

TEST_CASE("episodes divide as the definition says, whatever was thought") {
  std::size_t senses = 0, joined = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Graph graph = graph_of(seed, 80);
    Rng rng(seed);
    for (int i = 0; i < 120; ++i)
      if (const auto thought = random_thought(graph, rng)) thought->apply();
    for (std::uint32_t e = 0; e < graph.stream().episodes(); ++e) {
      const auto leaves = graph.stream().leaves(e);
      std::vector<ConceptId> divided;
      for (const Mention& mention : divide(graph.nodes(), leaves)) divided.push_back(mention.node);
      REQUIRE(divided == divided_plainly(graph.nodes(), {leaves.begin(), leaves.end()}));
      CHECK(divided == nodes_in(graph, e));
      for (const ConceptId id : divided) {
        senses += graph.node(id).is<Sense>();
        joined += graph.node(id).length > 1;
      }
    }
  }
  CHECK(joined > 100);
  CHECK(senses > 0);
}

TEST_CASE("nothing, one unit and a node left out divide as expected") {
  Graph graph = graph_of({{"a", "b"}, {"a", "b"}});
  const auto w = ids_of(graph, {"a", "b"});
  CHECK(divide(graph.nodes(), {}).empty());
  const ConceptId ab = graph.compose(w[0], w[1], 1);
  const auto one = divide(graph.nodes(), std::vector<ConceptId>{w[0]});
  REQUIRE(one.size() == 1);
  CHECK(one[0].node == w[0]);
  const auto both = divide(graph.nodes(), w);
  REQUIRE(both.size() == 1);
  CHECK(both[0].node == ab);
  CHECK(both[0].length == 2);
  CHECK(divide(graph.nodes(), w, ab).size() == 2);
}

TEST_CASE("the units of two nodes in a row are found as by looking everywhere") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    Graph graph = graph_of(seed, 60);
    Rng rng(seed);
    for (int i = 0; i < 60; ++i)
      if (const auto thought = random_thought(graph, rng)) thought->apply();
    for (int i = 0; i < 200; ++i) {
      const auto a = static_cast<ConceptId>(1 + rng.below(graph.size() - 1));
      const auto b = static_cast<ConceptId>(1 + rng.below(graph.size() - 1));
      const auto whole = [&](ConceptId id) {
        return graph.node(id).active && (graph.node(id).is<Unit>() || graph.node(id).is<Composite>());
      };
      if (!whole(a) || !whole(b)) continue;
      CHECK(unit_occurrences(graph.ground(), a, b) == found_plainly(graph.stream(), graph.nodes().units_of(a, b)));
    }
  }
}

TEST_CASE("pairs that overlap are joined once, from left to right") {
  Graph graph = graph_of({{"a", "a", "a", "b"}, {"a", "a"}});
  const auto w = ids_of(graph, {"a", "b"});
  Node pair;
  pair.kind = Composite{w[0], w[0], {}};
  pair.length = 2;
  CHECK(unit_occurrences(graph.ground(), pair) == std::vector<Position>{0, 1, 4});
  CHECK(joinable(graph.ground(), pair) == std::vector<Position>{0, 4});
  graph.compose(w[0], w[1], 1);  // takes the third a
  CHECK(joinable(graph.ground(), pair) == std::vector<Position>{0, 4});
}

TEST_CASE("a sense is selected by a neighbour on its side, the boundary too") {
  Graph graph = graph_of({{"x", "a"}, {"y", "a"}, {"a", "x"}});
  const auto w = ids_of(graph, {"a", "x", "y"});
  CHECK(selected_by(graph.ground(), {w[0], Side::kBefore, {w[1]}}) == std::vector<Position>{1});
  CHECK(selected_by(graph.ground(), {w[0], Side::kBefore, {kBoundary}}) == std::vector<Position>{4});
  CHECK(selected_by(graph.ground(), {w[0], Side::kAfter, {kBoundary, w[1]}}) == std::vector<Position>{1, 3, 4});
}

TEST_CASE("neighbours of a mention, episodes of positions, and the filler of a slot") {
  Graph graph = graph_of({{"a", "b"}, {}, {"c"}});
  const auto w = ids_of(graph, {"a", "b", "c"});
  const Stream& stream = graph.stream();
  CHECK(node_before(stream, 0) == kBoundary);
  CHECK(node_before(stream, 1) == w[0]);
  CHECK(node_after(stream, 1) == w[1]);
  CHECK(node_after(stream, 2) == kBoundary);
  CHECK(episodes_of(stream, std::vector<Position>{0, 1, 2}) == std::vector<std::uint32_t>{0, 2});
  CHECK(mentions_of(graph.ground(), w) == std::vector<Position>{0, 1, 2});
  CHECK(mentions_of(stream, 1).empty());
  const std::vector<ConceptId> units{w[0], w[1], w[2]};
  CHECK(filler_in({w[2], 9, true, {}, {}}, units, {1, 2, 0}) == w[1]);
  CHECK(filler_in({w[1], 9, false, {}, {}}, units, {1, 2, 0}) == w[2]);
}
