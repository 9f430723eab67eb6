#pragma once
// Small graphs for the tests of thoughts, and what must hold of every thought.

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "base/rng.h"
#include "reasoning/thinker.h"
#include "reasoning/thoughts/registry.h"

namespace noema::tests {

using concepts::ConceptId;
using concepts::Graph;
using namespace noema::reasoning;

/// "colour" and "color" stand in the same company; "new york" recurs.
inline Graph spellings() {
  Graph graph;
  base::Rng rng(3);
  const std::vector<std::string> before{"red", "dark", "nice", "pale", "warm"}, after{"of", "is", "was", "fades"};
  for (int i = 0; i < 900; ++i) {
    std::vector<ConceptId> units;
    const auto add = [&](const std::string& word) { units.push_back(graph.perceive_unit(word, " " + word)); };
    if (rng.uniform() < 0.5) {
      add("new");
      add("york");
    }
    add(before[rng.below(5)]);
    add(rng.uniform() < 0.5 ? "colour" : "color");
    add(after[rng.below(4)]);
    if (rng.uniform() < 0.3) add("thing" + std::to_string(rng.below(40)));
    graph.attach(units);
  }
  return graph;
}

/// A language of kinds: a marker m0 .. m3, one of its kind's 12 words, a verb of one of two kinds, a number after "in".
/// The word "both" stands among verbs and among numbers.
inline Graph kinds(int sentences) {
  Graph graph;
  base::Rng rng(7);
  for (int i = 0; i < sentences; ++i) {
    std::vector<ConceptId> units;
    const auto add = [&](const std::string& word) { units.push_back(graph.perceive_unit(word, " " + word)); };
    const auto kind = rng.below(4);
    add("m" + std::to_string(kind));
    add("k" + std::to_string(kind) + "w" + std::to_string(rng.below(12)));
    add(rng.uniform() < 0.1 ? "both" : "v" + std::to_string(kind % 2) + "w" + std::to_string(rng.below(10)));
    add("in");
    add(rng.uniform() < 0.1 ? "both" : "n" + std::to_string(rng.below(15)));
    graph.attach(units);
  }
  return graph;
}

inline std::optional<Thought> examine(const Graph& graph, std::string_view kind, ConceptId subject = 0,
                                      ConceptId partner = 0, const KindSet& allowed = KindSet::all()) {
  const ThoughtKind& one = kind_named(kind);
  return one.examine(graph, {&one, subject, partner, 0}, allowed);
}

/// Settles and applies a thought as number `number`; returns it.
inline Thought applied(Graph& graph, Thought thought, std::uint64_t number = 1) {
  commit(graph, thought, [&](const Thought&) { return number; });
  return thought;
}

/// Applies the best thought for a suggestion, checks that it gains what it claims, takes it back and checks the hash.
inline Thought checked(Graph& graph, std::string_view kind, ConceptId subject = 0, ConceptId partner = 0,
                       const KindSet& allowed = KindSet::all()) {
  const auto thought = examine(graph, kind, subject, partner, allowed);
  REQUIRE(thought);
  const std::string hash = graph.hash();
  const double bits = description_bits(graph);
  const Thought done = applied(graph, *thought);
  CHECK(bits - description_bits(graph) == Approx(done.gain_bits).epsilon(1e-6).margin(1e-6));
  CHECK_FALSE(first_difference(graph));
  done.kind->undo(graph, done, {});
  CHECK(graph.hash() == hash);
  CHECK_FALSE(first_difference(graph));
  return *thought;
}

}  // namespace noema::tests
