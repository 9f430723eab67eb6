#include "concepts/association.h"

#include <catch2/catch.hpp>

#include "base/rng.h"
#include "concepts/graph.h"

using namespace noema::concepts;

namespace {

/// Animals run and sleep, fruits ripen and rot; each with its own adjectives.
Graph farm() {
  Graph graph;
  noema::base::Rng rng(2);
  const std::vector<std::string> animals{"cat", "dog", "horse"}, fruits{"pear", "plum", "fig"};
  const std::vector<std::string> does{"runs", "sleeps", "barks"}, befalls{"ripens", "rots", "falls"};
  for (int i = 0; i < 600; ++i) {
    const bool animal = rng.uniform() < 0.5;
    std::vector<ConceptId> units;
    for (const std::string& word : {std::string(animal ? "furry" : "juicy"), (animal ? animals : fruits)[rng.below(3)],
                                    (animal ? does : befalls)[rng.below(3)]})
      units.push_back(graph.perceive_unit(word, word));
    graph.attach(units);
  }
  return graph;
}

}  // namespace

TEST_CASE("concepts in like company are similar, by index and by exact comparison") {
  const Graph graph = farm();
  const ConceptId cat = *graph.find("cat");
  const auto best = similar(graph, cat, 2);
  REQUIRE(best.size() == 2);
  for (const Scored& found : best) CHECK((found.id == *graph.find("dog") || found.id == *graph.find("horse")));
  const auto exact = similar_exact(graph, cat, 2);
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(exact[i].id == best[i].id);
    CHECK(exact[i].score == Approx(best[i].score));
  }
}
