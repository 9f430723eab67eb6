#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "concepts/spreading.h"
#include "tests/concepts/random_graphs.h"

using namespace noema::concepts;

namespace {

/// Bits from a concept to every other by Bellman and Ford's plain algorithm; infinite where no links lead.
std::vector<double> plain_bits_from(const Graph& graph, ConceptId from, const std::vector<ConceptId>& all) {
  std::vector<double> bits(graph.size(), std::numeric_limits<double>::infinity());
  bits[from] = 0;
  for (std::size_t round = 0; round < all.size(); ++round)
    for (const ConceptId id : all)
      for (const Link& link : links_of(graph, id))
        bits[link.to] = std::min(bits[link.to], bits[id] - std::log2(link.share));
  return bits;
}

std::vector<ConceptId> ids_along(const std::vector<WayStep>& way) {
  std::vector<ConceptId> ids;
  for (const WayStep& step : way) ids.push_back(step.id);
  return ids;
}

}  // namespace

TEST_CASE("the shortest way takes the bits that Bellman and Ford's plain algorithm finds") {
  for (const std::uint64_t seed : {1, 2}) {
    const Graph graph = thought_about(seed);
    const auto all = concepts_in(graph);
    const ConceptId from = all.front();
    const std::vector<double> bits = plain_bits_from(graph, from, all);
    for (const ConceptId to : all) {
      const auto way = shortest_way(graph, from, to);
      REQUIRE(way.empty() == std::isinf(bits[to]));
      if (way.empty()) continue;
      double sum = 0;
      for (const WayStep& step : way) sum += step.bits;
      CHECK(sum == Approx(bits[to]).margin(1e-9));
      CHECK(way.front().id == from);
      CHECK(way.back().id == to);
    }
  }
}

TEST_CASE("each step of a way is a link of the concept before it, with its role and its bits") {
  const Graph graph = thought_about(3);
  const auto all = concepts_in(graph);
  std::size_t steps = 0;
  for (const std::size_t most : {std::size_t{2}, std::size_t{1024}})
    for (const ConceptId to : all) {
      const auto way = shortest_way(graph, all.front(), to, most);
      for (std::size_t i = 1; i < way.size(); ++i, ++steps) {
        const auto links = links_of(graph, way[i - 1].id, most);
        const auto link =
            std::find_if(links.begin(), links.end(), [&](const Link& one) { return one.to == way[i].id; });
        REQUIRE(link != links.end());
        CHECK(way[i].role == link->role);
        CHECK(way[i].bits == Approx(-std::log2(link->share)).margin(1e-12));
      }
    }
  CHECK(steps > all.size());
}

TEST_CASE("the bits of a way are what its links leave open: a hand-computed case") {
  Graph graph = graph_of({{"a", "b"}, {"a", "b"}, {"a", "b"}, {"b", "c"}, {"b", "c"}, {"b", "c"}});
  const auto w = ids_of(graph, {"a", "b", "c"});
  const auto way = shortest_way(graph, w[0], w[2]);
  REQUIRE(ids_along(way) == w);
  CHECK(way[0].bits == 0);
  CHECK(way[1].bits == Approx(0).margin(1e-12));  // beside a stands b alone
  CHECK(way[2].bits == Approx(1));                // beside b as much a as c
  CHECK(way[2].role == Role::kAfter);
  const auto back = shortest_way(graph, w[2], w[0]);
  CHECK(ids_along(back) == std::vector<ConceptId>{w[2], w[1], w[0]});
  CHECK(back[1].role == Role::kBefore);
}

TEST_CASE("a concept is at its own end, and where no links lead there is no way") {
  Graph graph = graph_of({{"a", "b"}, {"x", "y"}});
  const auto w = ids_of(graph, {"a", "b", "x", "y"});
  const auto own = shortest_way(graph, w[0], w[0]);
  CHECK(ids_along(own) == std::vector<ConceptId>{w[0]});
  CHECK(own[0].bits == 0);
  CHECK(shortest_way(graph, w[0], w[2]).empty());
  CHECK(shortest_way(graph, w[3], w[1]).empty());
}

TEST_CASE("a way goes along the links that weigh most, no more of a concept than it may") {
  std::vector<std::vector<std::string>> lines(9, {"hub", "often"});
  lines.insert(lines.end(), 2, {"hub", "seldom"});
  const Graph graph = graph_of(lines);
  const auto w = ids_of(graph, {"hub", "often", "seldom"});
  const auto bits_to = [&](ConceptId to) { return shortest_way(graph, w[0], to).back().bits; };
  CHECK(bits_to(w[1]) == Approx(std::log2(11.0 / 9)));
  CHECK(bits_to(w[2]) == Approx(std::log2(11.0 / 2)));
  CHECK(ids_along(shortest_way(graph, w[0], w[1], 1)) == std::vector<ConceptId>{w[0], w[1]});
  CHECK(shortest_way(graph, w[0], w[2], 1).empty());
}
