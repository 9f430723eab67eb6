#include "reasoning/thoughts/best.h"

#include "reasoning/thoughts/compose.h"
#include "reasoning/thoughts/merge.h"
#include "tests/reasoning/thoughts/support.h"

using namespace noema;
using namespace noema::tests;

TEST_CASE("the best of several thoughts is the one of the largest gain, and knows how many were compared") {
  const Graph graph = spellings();
  base::Rng rng(2);
  thoughts::Best best(graph);
  CHECK_FALSE(best.thought());
  std::optional<Thought> plain;
  std::set<std::pair<ConceptId, ConceptId>> pairs;
  for (int round = 0; round < 60; ++round) {
    const auto units = graph.stream().leaves(static_cast<std::uint32_t>(rng.below(graph.stream().episodes())));
    const std::size_t at = rng.below(units.size() - 1);
    const ConceptId a = units[at], b = units[at + 1];
    const Operands operands{{"first", a}, {"second", b}};
    best.consider(thoughts::compose(), operands);
    if (!pairs.emplace(a, b).second) continue;
    auto thought = weighed(graph, thoughts::compose(), operands);
    if (thought && (!plain || thought->gain_bits > plain->gain_bits)) plain = std::move(thought);
  }
  REQUIRE(plain);
  REQUIRE(best.thought());
  CHECK(best.thought()->operands == plain->operands);
  CHECK(best.thought()->gain_bits == plain->gain_bits);
  CHECK(best.thought()->examined == pairs.size());
}

TEST_CASE("the same operands of two kinds are two alternatives") {
  const Graph graph = spellings();
  const ConceptId a = *graph.find("colour"), b = *graph.find("color");
  thoughts::Best best(graph);
  best.consider(thoughts::merge(), thoughts::merge_of(a, b));
  best.consider(thoughts::merge(), thoughts::merge_of(a, b));
  best.consider(thoughts::compose(), {{"first", a}, {"second", b}});
  REQUIRE(best.thought());
  CHECK(best.thought()->examined == 2);
  CHECK(best.thought()->kind == &thoughts::merge());
}
