#include "concepts/graph.h"

#include <catch2/catch.hpp>
#include <map>

#include "tests/concepts/random_graphs.h"

using namespace noema::concepts;

TEST_CASE("a graph counts what follows what, with the boundary on both sides of an episode") {
  Graph graph;
  perceive(graph, {"the", "cat", "the", "cat"});
  perceive(graph, {});
  const ConceptId the = *graph.find("the"), cat = *graph.find("cat");
  CHECK(graph.statistics().next(kBoundary).sorted() ==
        std::vector<std::pair<ConceptId, std::uint32_t>>{{kBoundary, 1}, {the, 1}});
  CHECK(graph.statistics().next(the)[cat] == 2);
  CHECK(graph.statistics().next(cat)[the] == 1);
  CHECK(graph.statistics().next(cat)[kBoundary] == 1);
  CHECK(graph.node(the).mentions == 2);
  CHECK(label_of(graph, the) == "the");
}

TEST_CASE("older composites divide an episode first, from left to right") {
  Graph graph;
  for (int i = 0; i < 3; ++i) perceive(graph, {"a", "a", "a", "b", "c"});
  const ConceptId a = *graph.find("a"), b = *graph.find("b"), c = *graph.find("c");
  const ConceptId aa = graph.compose(a, a, 1);
  const ConceptId bc = graph.compose(b, c, 2);
  const ConceptId abc = graph.compose(a, bc, 3);
  const std::vector<ConceptId> units{a, a, a, b, c};
  const auto mentions = divide(graph.nodes(), units);
  REQUIRE(mentions.size() == 2);
  CHECK(mentions[0].node == aa);
  CHECK(mentions[1].node == abc);
  CHECK(graph.node(abc).mentions == 3);
  CHECK(label_of(graph, abc) == "a b c");
  CHECK(graph.nodes().contexts(units) == std::vector<ConceptId>{abc, bc, c});
  CHECK_FALSE(first_difference(graph));
}

TEST_CASE("the gain that a proposal claims is the change of the recomputed total of L") {
  std::map<std::string_view, int> made;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Graph graph = graph_of(seed, 120);
    Rng rng(seed);
    for (int step = 0; step < 150; ++step) {
      const double before = description_bits(graph);
      const auto thought = random_thought(graph, rng);
      if (!thought) continue;
      thought->apply();
      const double recomputed = before - description_bits(graph);
      CHECK(thought->proposal.gain_bits == Approx(recomputed).margin(1e-6).epsilon(1e-6));
    }
    for (ConceptId id = 1; id < graph.size(); ++id) ++made[name_of(graph.node(id))];
  }
  for (const char* kind : {"composite", "schema", "category"}) CHECK(made[kind] > 0);
}

TEST_CASE("counts are a function of stream and structure, whatever the order of events") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const auto lines = small_language(seed, 150);
    Graph graph;
    Rng rng(seed);
    for (const auto& line : lines) {
      perceive(graph, line);
      if (graph.size() < 4) continue;
      for (int i = 0; i < 3; ++i)
        if (const auto thought = random_thought(graph, rng)) thought->apply();
    }
    const auto difference = first_difference(graph);
    INFO(difference.value_or(""));
    CHECK_FALSE(difference);
  }
}

TEST_CASE("undoing a thought restores the hash") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Graph graph = graph_of(seed, 100);
    Rng rng(seed);
    std::vector<std::string> hashes;
    std::vector<RandomThought> done;
    for (int step = 0; step < 120; ++step) {
      const std::string before = graph.hash();
      if (const auto thought = random_thought(graph, rng)) {
        thought->apply();
        hashes.push_back(before);
        done.push_back(*thought);
      }
    }
    REQUIRE_FALSE(done.empty());
    while (!done.empty()) {
      done.back().undo();
      CHECK(graph.hash() == hashes.back());
      hashes.pop_back();
      done.pop_back();
    }
    const auto difference = first_difference(graph);
    INFO(difference.value_or(""));
    CHECK_FALSE(difference);
  }
}

TEST_CASE("a thought undone after more inputs leaves the graph as if it had never been thought") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const auto lines = small_language(seed, 160);
    Graph thinking, control;
    ConceptId ab = 0, cd = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      perceive(thinking, lines[i]);
      perceive(control, lines[i]);
      if (i == 80) {
        const auto w = [](const Graph& graph, const char* name) { return *graph.find(name); };
        ab = thinking.compose(w(thinking, "w1"), w(thinking, "w2"), 1);
        cd = thinking.compose(w(thinking, "w2"), w(thinking, "w3"), 2);  // competes with the first
        control.compose(w(control, "w2"), w(control, "w3"), 2);
        thinking.redirect(std::max(w(thinking, "w5"), w(thinking, "w6")),
                          std::min(w(thinking, "w5"), w(thinking, "w6")));
      }
    }
    thinking.dissolve(ab);
    thinking.restore(std::max(*thinking.find("w5"), *thinking.find("w6")));
    CHECK(thinking.hash() == control.hash());
    CHECK_FALSE(first_difference(thinking));
    CHECK(cd != 0);
  }
}

TEST_CASE("concentrations are compared by the whole of L") {
  Graph graph = graph_of(3, 200);
  Concentrations other = graph.sequence().concentrations();
  other.row_discount = 8;
  other.rest_strength = 5;
  const double before = description_bits(graph);
  const double gain = concentrations_gain(graph, other);
  graph.set_concentrations(other);
  CHECK(before - description_bits(graph) == Approx(gain).margin(1e-6));
}
