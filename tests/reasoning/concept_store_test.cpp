#include "reasoning/concept_store.h"

#include <catch2/catch.hpp>

#include "base/rng.h"

using namespace noema;
using concepts::ConceptId;
using concepts::Graph;
using reasoning::ConceptStore;

namespace {

std::vector<ConceptId> line_of(Graph& graph, base::Rng& rng) {
  std::vector<ConceptId> units;
  for (auto n = rng.below(8); n > 0; --n) {
    const auto word = rng.below(9);
    units.push_back(graph.perceive_unit("w" + std::to_string(word), " w"));
    if (word < 3) units.push_back(graph.perceive_unit("w" + std::to_string(word + 1), " w"));
  }
  return units;
}

}  // namespace

TEST_CASE("each expert's shares over all units it can say, and its escape, sum to one") {
  Graph graph;
  base::Rng rng(1);
  for (int i = 0; i < 300; ++i) graph.attach(line_of(graph, rng));
  const auto id = [&](const char* name) { return *graph.find(name); };
  const auto composite = graph.compose(id("w0"), id("w1"), 1);
  graph.compose(composite, id("w2"), 2);
  graph.redirect(std::max(id("w7"), id("w8")), std::min(id("w7"), id("w8")));

  ConceptStore store;
  for (int round = 0; round < 40; ++round) {
    store.begin_line();
    auto line = line_of(graph, rng);
    std::vector<std::optional<ConceptId>> units(line.begin(), line.end());
    if (round % 5 == 0)
      units.insert(units.begin() + static_cast<std::ptrdiff_t>(units.size() / 2), std::nullopt);  // a unit never met
    for (const auto& unit : units) {
      std::array<double, ConceptStore::kExperts> sum{}, escapes{};
      for (ConceptId word = 0; word < graph.size(); ++word) {
        if (!graph.node(word).is<concepts::Unit>()) continue;
        const auto prediction = store.predict(graph, word);
        for (std::size_t e = 0; e < sum.size(); ++e) sum[e] += prediction.shares[e];
        escapes = prediction.escapes;
      }
      for (std::size_t e = 0; e < sum.size(); ++e) CHECK(sum[e] + escapes[e] == Approx(1).epsilon(1e-9));
      store.advance(graph, unit);
    }
    graph.attach(line);
  }
}

TEST_CASE("matches follow a text that is read again") {
  Graph graph;
  std::vector<ConceptId> line;
  for (const char* word : {"to", "be", "or", "not", "to", "see", "that", "is"})
    line.push_back(graph.perceive_unit(word, word));
  graph.attach(line);
  ConceptStore store;
  for (int times = 0; times < 2; ++times) {
    store.begin_line();
    for (const ConceptId unit : line) {
      const auto prediction = store.predict(graph, unit);
      if (times == 1 && prediction.match > 1) CHECK(prediction.shares[2] > 0.2);
      store.advance(graph, unit);
    }
  }
}

TEST_CASE("what was learned of matches can be kept and restored") {
  ConceptStore one, other;
  auto state = one.state();
  state.front() = 3;
  other.restore(state);
  CHECK(other.state() == state);
  CHECK_THROWS(other.restore(std::vector<double>{1.0}));
}
