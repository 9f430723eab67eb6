#include "concepts/exchange.h"

#include <catch2/catch.hpp>

#include "tests/concepts/random_graphs.h"

using namespace noema::concepts;

namespace {

/// Determiners, nouns and verbs in this order, at random.
Graph sentences(std::uint64_t seed, int lines) {
  Rng rng(seed);
  const std::vector<std::string> determiners{"the", "a", "this"}, nouns{"cat", "dog", "hen", "fox"},
      verbs{"runs", "sleeps", "sings"};
  Graph graph;
  for (int i = 0; i < lines; ++i)
    perceive(graph, {determiners[rng.below(3)], nouns[rng.below(4)], verbs[rng.below(3)]});
  return graph;
}

std::vector<ConceptId> sorted(std::vector<ConceptId> ids) {
  std::sort(ids.begin(), ids.end());
  return ids;
}

}  // namespace

TEST_CASE("words of one kind come into one part") {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const Graph graph = sentences(seed, 300);
    const auto determiners = sorted(ids_of(graph, {"the", "a", "this"}));
    const auto nouns = sorted(ids_of(graph, {"cat", "dog", "hen", "fox"}));
    const auto verbs = sorted(ids_of(graph, {"runs", "sleeps", "sings"}));
    std::vector<ConceptId> all;
    for (const auto* part : {&determiners, &nouns, &verbs}) all.insert(all.end(), part->begin(), part->end());
    ExchangeOptions options;
    options.classes = 3;
    options.passes = 20;
    const auto parts = exchange(graph, all, options);
    const auto has = [&](const auto& part) { return std::find(parts.begin(), parts.end(), part) != parts.end(); };
    CHECK(has(determiners));
    CHECK(has(nouns));
    CHECK(has(verbs));
    CHECK(exchange(graph, all, options) == parts);  // nothing is random
  }
}

TEST_CASE("nothing, one concept and more classes than concepts make no parts of one") {
  const Graph graph = sentences(1, 50);
  CHECK(exchange(graph, {}, {}).empty());
  CHECK(exchange(graph, ids_of(graph, {"cat"}), {}).empty());
  for (const auto& part : exchange(graph, ids_of(graph, {"cat", "runs"}), {})) CHECK(part.size() > 1);
}

TEST_CASE("a concept fits the category whose members stand among the same neighbours") {
  Graph graph = sentences(2, 300);
  const auto n = ids_of(graph, {"cat", "dog", "hen", "fox"}), v = ids_of(graph, {"runs", "sleeps", "sings"});
  const ConceptId nouns = graph.categorise(n[0], n[1], 1), verbs = graph.categorise(v[0], v[1], 2);
  CHECK(fitting_categories(graph, n[2], 1) == std::vector<ConceptId>{nouns});
  CHECK(fitting_categories(graph, v[2], 1) == std::vector<ConceptId>{verbs});
  CHECK(fitting_categories(graph, n[2], 0).empty());
}

TEST_CASE("topmost categories lie in none") {
  Graph graph = sentences(3, 100);
  const auto n = ids_of(graph, {"cat", "dog", "hen"}), v = ids_of(graph, {"runs", "sleeps"});
  CHECK(topmost_categories(graph).empty());
  const ConceptId nouns = graph.categorise(n[0], n[1], 1), verbs = graph.categorise(v[0], v[1], 2);
  CHECK(sorted(topmost_categories(graph)) == std::vector<ConceptId>{nouns, verbs});
  const ConceptId above = graph.categorise(nouns, n[2], 3);
  CHECK(sorted(topmost_categories(graph)) == sorted({above, verbs}));
}

TEST_CASE("common concepts are those mentioned often that lie in no category, commonest first") {
  Graph graph;
  for (int i = 0; i < 9; ++i) perceive(graph, {"often"});
  for (int i = 0; i < 5; ++i) perceive(graph, {"some", "thing"});
  perceive(graph, {"rare"});
  const auto w = ids_of(graph, {"often", "some", "thing", "rare"});
  CHECK(common_concepts(graph, 10, 2) == std::vector<ConceptId>{w[0], w[1], w[2]});
  CHECK(common_concepts(graph, 1, 2) == std::vector<ConceptId>{w[0]});
  CHECK(common_concepts(graph, 10, 6) == std::vector<ConceptId>{w[0]});
  graph.categorise(w[0], w[1], 1);
  CHECK(common_concepts(graph, 10, 2) == std::vector<ConceptId>{w[2]});
}
