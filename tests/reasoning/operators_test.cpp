#include "reasoning/operators.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "base/rng.h"

using namespace noema;
using concepts::ConceptId;
using concepts::Graph;
using namespace noema::reasoning;

namespace {

/// "colour" and "color" stand in the same company; "new york" recurs.
Graph spellings() {
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

}  // namespace

TEST_CASE("compose gains where parts recur in order, and not where they do not") {
  const Graph graph = spellings();
  const auto gain = [&](const char* a, const char* b) {
    const auto thought = examine(graph, {Operator::kCompose, *graph.find(a), *graph.find(b)});
    return thought ? thought->gain_bits : -1e9;
  };
  CHECK(gain("new", "york") > 0);
  CHECK(gain("york", "red") < 0);
  CHECK(gain("york", "new") < 0);
}

TEST_CASE("merge finds the concept that keeps the same company") {
  Graph graph = spellings();
  const auto thought = examine(graph, {Operator::kMerge, *graph.find("colour")});
  REQUIRE(thought);
  CHECK(thought->operands == std::vector<ConceptId>{std::max(*graph.find("color"), *graph.find("colour")),
                                                    std::min(*graph.find("color"), *graph.find("colour"))});
}

TEST_CASE("an estimate shortens the description, is journalled as integers and taken back") {
  Graph graph = spellings();
  const auto thought = examine(graph, {Operator::kEstimate});
  REQUIRE(thought);
  CHECK(thought->gain_bits > 0);
  const auto before = graph.concentrations();
  CHECK(decoded(coded(before)) == before);
  const std::string hash = graph.hash();
  const double bits = graph.description_bits();
  apply(graph, thought->kind, thought->operands, 1);
  CHECK(bits - graph.description_bits() == Approx(thought->gain_bits).margin(1e-6));
  CHECK_FALSE(examine(graph, {Operator::kEstimate}));
  undo(graph, thought->kind, thought->operands, 0, coded(before));
  CHECK(graph.hash() == hash);
}

TEST_CASE("operators have names, and an unknown one is an error that says so") {
  for (const Operator kind : {Operator::kEstimate, Operator::kCompose, Operator::kMerge})
    CHECK(operator_named(name_of(kind)) == kind);
  CHECK_THROWS_WITH(operator_named("dream"), Catch::Contains("'dream'"));
}
