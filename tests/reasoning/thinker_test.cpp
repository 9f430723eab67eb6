#include "reasoning/thinker.h"

#include <tbb/global_control.h>

#include <catch2/catch.hpp>

#include "base/rng.h"
#include "reasoning/thoughts/registry.h"
#include "tests/reasoning/marked_kinds.h"

using namespace noema;
using namespace noema::reasoning;
using concepts::ConceptId;
using concepts::Graph;

namespace {

void perceive(Graph& graph, Thinker& thinker, std::uint64_t seed, int episodes) {
  base::Rng rng(seed);
  for (int e = 0; e < episodes; ++e) {
    std::vector<ConceptId> units;
    for (auto n = rng.below(10); n > 0; --n) {
      const auto word = rng.below(30);
      units.push_back(graph.perceive_unit("w" + std::to_string(word), " w"));
      if (word % 5 == 0) units.push_back(graph.perceive_unit("w" + std::to_string(word + 1), " w"));
    }
    thinker.notice(graph, graph.attach(units));
  }
}

void perceive_kinds(Graph& graph, Thinker& thinker, std::uint64_t seed, int sentences) {
  base::Rng rng(seed);
  for (int i = 0; i < sentences; ++i) {
    std::vector<ConceptId> units;
    for (const std::string& word : tests::sentence_of_marked_kind(rng))
      units.push_back(graph.perceive_unit(word, " " + word));
    thinker.notice(graph, graph.attach(units));
  }
}

}  // namespace

TEST_CASE("thoughts do not depend on the number of threads, and none makes L longer") {
  std::vector<std::string> hashes;
  for (const std::size_t threads : {1, 2}) {
    const tbb::global_control control(tbb::global_control::max_allowed_parallelism, threads);
    Graph graph;
    Thinker thinker;
    reasoning::GraphMutex mutex;
    perceive_kinds(graph, thinker, 4, 1500);
    std::uint64_t number = 0;
    double before = description_bits(graph);
    const auto thinking = thinker.think(graph, mutex, 100000, [&](const Thought& thought) {
      CHECK(thought.gain_bits >= thought.needed_bits);
      return ++number;
    });
    CHECK(thinking.thoughts == number);
    CHECK(number > 1);
    CHECK(description_bits(graph) < before);
    hashes.push_back(graph.hash());
  }
  CHECK(hashes[0] == hashes[1]);
}

TEST_CASE("thinking until quiet ends, each thought gains what it claims, and thinking again finds nothing") {
  ThinkerOptions options;
  options.milestones.division = 512;
  Graph graph;
  Thinker thinker(options);
  reasoning::GraphMutex mutex;
  perceive_kinds(graph, thinker, 8, 3000);
  double bits = description_bits(graph);
  double last_gain = 0;
  std::uint64_t number = 0;
  const auto thinking = thinker.think(graph, mutex, 1000000, [&](const Thought& thought) {
    // Called before the change: L is as the thought before this one left it.
    if (number > 0) CHECK(bits - description_bits(graph) == Approx(last_gain).epsilon(1e-6));
    bits = description_bits(graph);
    last_gain = thought.gain_bits;
    return ++number;
  });
  CHECK(thinking.thoughts > 5);
  CHECK(thinker.agenda().size() == 0);
  CHECK_FALSE(first_difference(graph));
  const std::string hash = graph.hash();
  const auto again = thinker.think(graph, mutex, 1000000, [&](const Thought&) { return ++number; });
  CHECK(again.thoughts == 0);
  CHECK(graph.hash() == hash);
}

TEST_CASE("a kind of thought that is left out has no thoughts") {
  for (const ThoughtKind* left_out : thought_kinds()) {
    ThinkerOptions options;
    options.milestones.division = 512;
    options.kinds = KindSet::all().without(left_out->name());
    Graph graph;
    Thinker thinker(options);
    reasoning::GraphMutex mutex;
    perceive_kinds(graph, thinker, 8, 2000);
    std::uint64_t number = 0;
    thinker.think(graph, mutex, 1000000, [&](const Thought& thought) {
      CHECK(thought.kind != left_out);
      return ++number;
    });
    CHECK(number > 0);
  }
}

TEST_CASE("the agenda can be kept and restored, and a recorded batch skipped") {
  Graph graph;
  Thinker thinker, other;
  perceive(graph, thinker, 5, 400);
  other.agenda().restore(thinker.agenda().state());
  CHECK(other.agenda().size() == thinker.agenda().size());
  CHECK(other.agenda().state() == thinker.agenda().state());
  const std::size_t before = thinker.agenda().size();
  REQUIRE(before > 8);
  CHECK(thinker.skip(5) == 5);
  CHECK(thinker.agenda().size() == before - 5);
}

TEST_CASE("thinking stops when it is told to") {
  Graph graph;
  Thinker thinker;
  reasoning::GraphMutex mutex;
  perceive(graph, thinker, 6, 300);
  CHECK(thinker
            .think(
                graph, mutex, 1000, [](const Thought&) { return 1; }, [] { return false; })
            .examined == 0);
  CHECK(thinker.think(graph, mutex, 3, [](const Thought&) { return 1; }).examined == 3);
}
