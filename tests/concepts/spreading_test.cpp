#include "concepts/spreading.h"

#include <catch2/catch.hpp>

#include "tests/concepts/random_graphs.h"

using namespace noema;
using namespace noema::concepts;

TEST_CASE("the shares of a concept's links sum to one, and no link leads to itself or to the boundary") {
  const Graph graph = thought_about(3);
  std::size_t linked = 0;
  for (const ConceptId id : concepts_in(graph)) {
    const auto links = links_of(graph, id);
    double sum = 0;
    for (std::size_t i = 0; i < links.size(); ++i) {
      CHECK(links[i].share > 0);
      CHECK(links[i].to != id);
      CHECK(links[i].to != kBoundary);
      if (i > 0) CHECK(links[i - 1].to < links[i].to);
      sum += links[i].share;
    }
    if (!links.empty()) CHECK(sum == Approx(1));
    linked += !links.empty();
    CHECK(links_of(graph, id, 2).size() <= 2);
  }
  CHECK(linked > 5);
}

TEST_CASE("spreading within its bounds gives what spreading over everything gives") {
  for (const std::uint64_t seed : {1, 2, 3}) {
    const Graph graph = thought_about(seed);
    for (const ConceptId id : concepts_in(graph)) {
      const auto fast = spread(graph, id, {.steps = 3}), exact = spread_exact(graph, id, 3, SpreadOptions{}.decay);
      REQUIRE(fast.size() == exact.size());
      for (std::size_t i = 0; i < fast.size(); ++i) CHECK(fast[i].score == Approx(exact[i].score));
    }
  }
}

TEST_CASE("activation decays: all that comes in a step is the share that is passed on") {
  const Graph graph = thought_about(1);
  for (const ConceptId id : concepts_in(graph)) {
    double sum = 0;
    for (const auto& one : spread(graph, id, {.steps = 1})) sum += one.score;
    CHECK((sum == 0 || sum == Approx(SpreadOptions{}.decay)));
    CHECK(spread(graph, id, {.steps = 0}).empty());
  }
}

TEST_CASE("parts and wholes, categories and members are linked, each by its role") {
  Graph graph;
  for (int i = 0; i < 4; ++i) perceive(graph, {"tax", "cut", "now"});
  const ConceptId tax = *graph.find("tax"), cut = *graph.find("cut"), now = *graph.find("now");
  const ConceptId whole = graph.compose(tax, cut, 1), category = graph.categorise(whole, now, 2);
  const auto role = [&](ConceptId from, ConceptId to) -> std::string_view {
    for (const Link& link : links_of(graph, from))
      if (link.to == to) return name_of(link.role);
    return "none";
  };
  CHECK(role(tax, whole) == "whole");
  CHECK(role(whole, tax) == "part");
  CHECK(role(whole, category) == "category");
  CHECK(role(category, now) == "member");
  CHECK(role(whole, now) == "after");
}
