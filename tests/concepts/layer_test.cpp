#include "concepts/layer.h"

#include <catch2/catch.hpp>

#include "tests/concepts/random_graphs.h"
#include "tests/concepts/sound.h"
#include "tests/concepts/unigram_layer.h"

using namespace noema::concepts;

namespace {

Graph two_layers() {
  Graph graph;
  graph.add_layer(std::make_unique<UnigramLayer>());
  return graph;
}

}  // namespace

TEST_CASE("over two layers a thought gains exactly what the recomputed sum of both says") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    Graph graph = two_layers();
    Rng rng(seed);
    for (const auto& line : small_language(seed, 120)) perceive(graph, line);
    int applied = 0;
    for (int step = 0; step < 150; ++step) {
      const double before = description_bits(graph);
      const auto thought = random_thought(graph, rng);
      if (!thought) continue;
      thought->apply();
      CHECK(thought->proposal.gain_bits == Approx(before - description_bits(graph)).margin(1e-6).epsilon(1e-6));
      ++applied;
    }
    CHECK(applied > 10);
    require_sound(graph);
  }
}

TEST_CASE("over two layers undoing restores the hash, and counts are those of the stream") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    Graph graph = two_layers();
    Rng rng(seed);
    for (const auto& line : small_language(seed, 100)) perceive(graph, line);
    std::vector<std::pair<std::string, RandomThought>> done;
    for (int step = 0; step < 100; ++step) {
      const std::string before = graph.hash();
      if (const auto thought = random_thought(graph, rng)) {
        thought->apply();
        done.emplace_back(before, *thought);
      }
    }
    require_sound(graph);
    for (; !done.empty(); done.pop_back()) {
      done.back().second.undo();
      CHECK(graph.hash() == done.back().first);
    }
    require_sound(graph);
  }
}

TEST_CASE("a layer that is added late counts what one counts that was there from the start") {
  Graph late;
  for (const auto& line : small_language(3, 100)) perceive(late, line);
  Rng one(4);
  for (int step = 0; step < 60; ++step) {
    if (const auto thought = random_thought(late, one)) thought->apply();
  }
  const std::string alone = late.hash();
  late.add_layer(std::make_unique<UnigramLayer>());
  require_sound(late);
  CHECK(late.hash() != alone);
  CHECK(late.layers().size() == 2);
}

TEST_CASE("forgetting detaches episodes from every layer, and taking them back attaches them again") {
  Graph graph = two_layers();
  const auto lines = small_language(5, 80);
  for (const auto& line : lines) perceive(graph, line);
  const Past past = [&](std::uint32_t episode) {
    std::vector<PastUnit> units;
    for (const auto& word : lines[episode]) units.push_back({word, " " + word, *graph.find(word)});
    return units;
  };
  const std::string before = graph.hash();
  const double bits = mentions_bits(graph);
  const Forgetting forgetting = graph.forgetting(30);
  graph.forget(forgetting, past);
  CHECK(bits - mentions_bits(graph) == Approx(forgetting.bits).margin(1e-6));
  require_sound(graph);
  graph.readmit(0, forgetting.faded, past);
  CHECK(graph.hash() == before);
  require_sound(graph);
}

TEST_CASE("a count of any layer that no episode explains is found") {
  Graph graph = two_layers();
  for (const auto& line : small_language(6, 40)) perceive(graph, line);
  auto& layer = dynamic_cast<UnigramLayer&>(*graph.layers()[1]);
  layer.spoil(*graph.find("w1"));
  const auto difference = first_difference(graph);
  REQUIRE(difference);
  CHECK(difference->find("unigram count") != std::string::npos);
}
