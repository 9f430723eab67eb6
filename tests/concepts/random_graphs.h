#pragma once
// Small random graphs and random thoughts about them, for property tests.

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/rng.h"
#include "concepts/graph.h"

namespace noema::concepts {

using base::Rng;

/// Episodes of a small language in which pairs recur: words w0 .. w(n-1), some of which like company.
inline std::vector<std::vector<std::string>> small_language(std::uint64_t seed, int episodes) {
  Rng rng(seed);
  std::vector<std::vector<std::string>> lines;
  for (int e = 0; e < episodes; ++e) {
    std::vector<std::string> line;
    const auto length = rng.below(9);
    while (line.size() < length) {
      const auto word = rng.below(8);
      line.push_back(fmt::format("w{}", word));
      if (word == 1 && rng.uniform() < 0.8) line.push_back("w2");
      if (word == 3) line.insert(line.end(), {"w3", "w4"});
    }
    lines.push_back(line);
  }
  return lines;
}

inline void perceive(Graph& graph, const std::vector<std::string>& line) {
  std::vector<ConceptId> units;
  for (const auto& word : line) units.push_back(graph.perceive_unit(word, " " + word));
  graph.attach(units);
}

inline Graph graph_of(const std::vector<std::vector<std::string>>& lines) {
  Graph graph;
  for (const auto& line : lines) perceive(graph, line);
  return graph;
}

/// The units of these words, all of which the graph knows.
inline std::vector<ConceptId> ids_of(const Graph& graph, const std::vector<std::string>& words) {
  std::vector<ConceptId> ids;
  for (const auto& word : words) ids.push_back(graph.find(word).value());
  return ids;
}

/// The nodes of an episode's mentions, in order.
inline std::vector<ConceptId> nodes_in(const Graph& graph, std::uint32_t episode) {
  std::vector<ConceptId> nodes;
  for (const Mention& mention : mentions_of(graph.stream(), episode)) nodes.push_back(mention.node);
  return nodes;
}

inline Graph graph_of(std::uint64_t seed, int episodes) {
  Graph graph;
  for (const auto& line : small_language(seed, episodes)) perceive(graph, line);
  return graph;
}

/// What a random thought would gain, and how to do and undo it.
struct RandomThought {
  Proposal proposal;
  std::function<void()> apply, undo;
};

/// One thought of a random kind on random operands, or nothing if it makes no sense.
inline std::optional<RandomThought> random_thought(Graph& graph, Rng& rng) {
  const auto any = [&] { return static_cast<ConceptId>(1 + rng.below(graph.size() - 1)); };
  const auto next = static_cast<ConceptId>(graph.size());
  const ConceptId a = any(), b = any();
  const auto takes_back = [&graph, next] { graph.dissolve(next); };
  switch (rng.below(8)) {
    case 0:
      if (const auto p = propose_composite(graph, a, b))
        return RandomThought{*p, [&graph, a, b] { graph.compose(a, b, 1); }, takes_back};
      break;
    case 1:
      if (const auto p = propose_redirect(graph, a, b))
        return RandomThought{*p, [&graph, a, b] { graph.redirect(a, b); }, [&graph, a] { graph.restore(a); }};
      break;
    case 2: {
      std::vector<ConceptId> neighbours{kBoundary, any(), any()};
      std::sort(neighbours.begin(), neighbours.end());
      const Side side = rng.below(2) == 0 ? Side::kBefore : Side::kAfter;
      if (const auto p = propose_split(graph, a, side, neighbours))
        return RandomThought{*p, [&graph, a, side, neighbours] { graph.split(a, side, neighbours, 1); }, takes_back};
      break;
    }
    case 3:
      if (const auto p = propose_category(graph, a, b))
        return RandomThought{*p, [&graph, a, b] { graph.categorise(a, b, 1); }, takes_back};
      break;
    case 4: {
      const ConceptId category = rng.below(4) == 0 ? 0 : b, old = graph.node(a).category;
      if (const auto p = propose_membership(graph, a, category))
        return RandomThought{*p, [&graph, a, category] { graph.set_category(a, category); },
                             [&graph, a, old] { graph.set_category(a, old); }};
      break;
    }
    case 6: {
      // Divide what lies in a category, or in none, in two.
      const ConceptId category = graph.node(a).is<Category>() ? a : 0;
      std::vector<std::vector<ConceptId>> parts(2);
      for (ConceptId id = 1; id < graph.size(); ++id)
        if (graph.node(id).active && graph.node(id).redirect == id && graph.node(id).category == category &&
            rng.below(2) == 0)
          parts[rng.below(2)].push_back(id);
      if (const auto p = propose_division(graph, category, parts))
        return RandomThought{*p, [&graph, category, parts] { graph.divide(category, parts, 1); },
                             [&graph, next] { graph.unite(next, 2); }};
      break;
    }
    case 5:
      if (const auto p = propose_schema(graph, a, b))
        return RandomThought{*p, [&graph, a, b] { graph.relate(a, b, fillers_for(graph.nodes(), a, b), 1); },
                             takes_back};
      break;
    default:
      if (const auto p = propose_dissolution(graph, a)) {
        const Category* category = graph.node(a).as<Category>();
        const auto members = category ? category->members : std::vector<ConceptId>{};
        return RandomThought{*p, [&graph, a] { graph.dissolve(a); },
                             [&graph, a, members] {
                               graph.revive(a);
                               for (const ConceptId member : members) graph.set_category(member, a);
                             }};
      }
  }
  return std::nullopt;
}

/// A graph with thoughts of all kinds.
inline Graph thought_about(std::uint64_t seed) {
  Graph graph = graph_of(seed, 60);
  Rng rng(seed);
  for (int i = 0; i < 40; ++i)
    if (const auto thought = random_thought(graph, rng)) thought->apply();
  return graph;
}

/// Its concepts, without nodes that belong to others.
inline std::vector<ConceptId> concepts_in(const Graph& graph) {
  std::vector<ConceptId> all;
  for (ConceptId id = 1; id < graph.size(); ++id)
    if (graph.still_has(id) && graph.node(id).active && graph.node(id).redirect == id) all.push_back(id);
  return all;
}

}  // namespace noema::concepts
