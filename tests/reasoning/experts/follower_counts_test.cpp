#include "reasoning/experts/follower_counts.h"

#include <catch2/catch.hpp>

#include "base/rng.h"

using namespace noema;
using concepts::ConceptId;
using concepts::Graph;
using reasoning::FollowerCounts;

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

TEST_CASE("each voice's shares over all known units, and its escape, sum to one") {
  Graph graph;
  base::Rng rng(1);
  for (int i = 0; i < 300; ++i) graph.attach(line_of(graph, rng));
  const auto id = [&](const char* name) { return *graph.find(name); };
  const auto composite = graph.compose(id("w0"), id("w1"), 1);
  graph.compose(composite, id("w2"), 2);
  graph.redirect(std::max(id("w7"), id("w8")), std::min(id("w7"), id("w8")));

  FollowerCounts store;
  for (int round = 0; round < 40; ++round) {
    store.begin_line();
    std::vector<ConceptId> history;
    auto line = line_of(graph, rng);
    std::vector<std::optional<ConceptId>> units(line.begin(), line.end());
    if (round % 5 == 0)
      units.insert(units.begin() + static_cast<std::ptrdiff_t>(units.size() / 2), std::nullopt);  // a unit never met
    for (const auto& unit : units) {
      std::array<double, FollowerCounts::kVoices> sum{}, escapes{};
      for (ConceptId word = 0; word < graph.size(); ++word) {
        if (!graph.node(word).is<concepts::Unit>()) continue;
        const auto prediction = store.predict(graph, history, word);
        for (std::size_t e = 0; e < sum.size(); ++e) sum[e] += prediction.shares[e];
        escapes = prediction.escapes;
      }
      for (std::size_t e = 0; e < sum.size(); ++e) CHECK(sum[e] + escapes[e] == Approx(1).epsilon(1e-9));
      history.push_back(unit.value_or(concepts::kInside));
      store.advance(graph, history);
    }
    graph.attach(line);
  }
}
