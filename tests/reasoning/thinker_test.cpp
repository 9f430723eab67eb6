#include "reasoning/thinker.h"

#include <tbb/global_control.h>

#include <catch2/catch.hpp>

#include "base/rng.h"

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

}  // namespace

TEST_CASE("thoughts do not depend on the number of threads, and none makes L longer") {
  std::vector<std::string> hashes;
  for (const std::size_t threads : {1, 2}) {
    const tbb::global_control control(tbb::global_control::max_allowed_parallelism, threads);
    Graph graph;
    Thinker thinker;
    std::shared_mutex mutex;
    perceive(graph, thinker, 4, 800);
    std::uint64_t number = 0;
    double before = graph.description_bits();
    const auto thinking = thinker.think(graph, mutex, 100000, [&](const Thinker::Committed& committed) {
      CHECK(committed.thought.gain_bits >= committed.needed_bits);
      return ++number;
    });
    CHECK(thinking.thoughts == number);
    CHECK(number > 1);
    CHECK(graph.description_bits() < before);
    hashes.push_back(graph.hash());
  }
  CHECK(hashes[0] == hashes[1]);
}

TEST_CASE("the agenda can be kept and restored, and a recorded batch skipped") {
  Graph graph;
  Thinker thinker, other;
  perceive(graph, thinker, 5, 400);
  other.restore(thinker.state());
  CHECK(other.agenda_size() == thinker.agenda_size());
  CHECK(other.state() == thinker.state());
  const std::size_t before = thinker.agenda_size();
  REQUIRE(before > 8);
  CHECK(thinker.skip(5) == 5);
  CHECK(thinker.agenda_size() == before - 5);
}

TEST_CASE("thinking stops when it is told to") {
  Graph graph;
  Thinker thinker;
  std::shared_mutex mutex;
  perceive(graph, thinker, 6, 300);
  CHECK(thinker
            .think(
                graph, mutex, 1000, [](const Thinker::Committed&) { return 1; }, [] { return false; })
            .examined == 0);
  CHECK(thinker.think(graph, mutex, 3, [](const Thinker::Committed&) { return 1; }).examined == 3);
}
