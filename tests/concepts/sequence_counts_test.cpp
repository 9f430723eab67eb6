#include "concepts/sequence_counts.h"

#include <array>
#include <catch2/catch.hpp>
#include <thread>

#include "base/rng.h"
#include "concepts/graph.h"

using namespace noema;
using namespace noema::concepts;

namespace {

/// A graph with a composite, an episode at a time: its pairs counted one by one, and by counts that wait.
struct CountedTwice {
  Graph graph;
  SequenceCounts::Both plain;
  SequenceCounts waiting;
  base::Rng rng{7};

  CountedTwice() {
    for (const char* unit : {"a", "b", "c", "d", "e", "f", "g", "h"}) graph.perceive_unit(unit, unit);
    graph.compose(1, 2, 1);
    for (Statistics* statistics : {&plain.concepts, &plain.units, &waiting.change().concepts, &waiting.change().units})
      statistics->resize(graph.size());
  }
  void attach(std::size_t episodes) {
    for (std::size_t i = 0; i < episodes; ++i) {
      std::vector<ConceptId> units(rng.below(8));
      for (ConceptId& unit : units) unit = static_cast<ConceptId>(1 + rng.below(8));
      const std::uint32_t episode = graph.attach(units);
      waiting.wait_for(ground(), episode);
      for_each_unit_pair(units, [&](ConceptId from, ConceptId to) { plain.units.add(from, to, 1); });
      for_each_concept_pair(graph.nodes(), mentions_of(graph.stream(), episode),
                            [&](ConceptId from, ConceptId to) { plain.concepts.add(from, to, 1); });
    }
  }
  Ground ground() const { return {graph.nodes(), graph.stream()}; }
  void check_equal() {
    const auto& [concepts, units] = waiting.read();
    for (const auto& [counted, expected] : {std::pair{&concepts, &plain.concepts}, std::pair{&units, &plain.units}}) {
      for (ConceptId id = 0; id < graph.size(); ++id) {
        REQUIRE(counted->next(id).sorted() == expected->next(id).sorted());
        REQUIRE(counted->previous(id).sorted() == expected->previous(id).sorted());
        REQUIRE(counted->chosen(id) == expected->chosen(id));
      }
      REQUIRE(counted->nats(Codes{Concentrations{}}) == expected->nats(Codes{Concentrations{}}));
      REQUIRE(counted->bytes() == expected->bytes());
    }
  }
};

}  // namespace

TEST_CASE("episodes that wait are counted as pairs one by one") {
  CountedTwice twice;
  twice.check_equal();
  for (const std::size_t episodes : {1, 0, 300}) {
    twice.attach(episodes);
    twice.check_equal();
  }
  CHECK(twice.plain.concepts.mentions() < twice.plain.units.mentions());  // some mentions are of the composite
}

TEST_CASE("a change sees the episodes that wait") {
  CountedTwice twice;
  twice.attach(50);
  for (SequenceCounts::Both* both : {&twice.plain, &twice.waiting.change()}) both->units.add(3, 4, 1);
  twice.attach(50);
  twice.check_equal();
}

TEST_CASE("an episode that does not follow those that wait is counted too") {
  CountedTwice twice;
  twice.attach(20);
  SequenceCounts backwards;
  for (Statistics* statistics : {&backwards.change().concepts, &backwards.change().units})
    statistics->resize(twice.graph.size());
  for (std::uint32_t episode = 20; episode-- > 0;) backwards.wait_for(twice.ground(), episode);
  CHECK(backwards.read().units.mentions() == twice.plain.units.mentions());
  CHECK(backwards.read().concepts.next(3).sorted() == twice.plain.concepts.next(3).sorted());
}

TEST_CASE("readers at once all see every episode that waits") {
  CountedTwice twice;
  twice.attach(3000);
  std::array<std::uint64_t, 4> mentions{};
  {
    std::vector<std::jthread> readers;
    for (std::uint64_t& seen : mentions) readers.emplace_back([&] { seen = twice.waiting.read().units.mentions(); });
  }
  for (const std::uint64_t seen : mentions) CHECK(seen == twice.plain.units.mentions());
  twice.check_equal();
}
