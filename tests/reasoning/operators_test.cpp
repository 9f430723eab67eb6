#include "reasoning/operators.h"

#include <catch2/catch.hpp>
#include <map>

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

/// A language of kinds: a marker m0 .. m3, one of its kind's 12 words, a verb of one of two kinds, a number after "in".
/// The word "both" stands among verbs and among numbers.
Graph kinds(int sentences) {
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

/// Applies the best thought for a suggestion, checks that it gains what it claims, takes it back and checks the hash.
Thought checked(Graph& graph, const Suggestion& suggestion, const OperatorSet& allowed = OperatorSet::all()) {
  const auto thought = examine(graph, suggestion, allowed);
  REQUIRE(thought);
  const std::string hash = graph.hash();
  const double bits = graph.description_bits();
  const auto undoes = before(graph, thought->kind, thought->operands);
  const ConceptId expected = result_of(graph, thought->kind, thought->operands);
  const ConceptId result = apply(graph, thought->kind, thought->operands, 1);
  CHECK(result == expected);
  CHECK(bits - graph.description_bits() == Approx(thought->gain_bits).epsilon(1e-6));
  CHECK_FALSE(graph.first_difference());
  undo(graph, thought->kind, thought->operands, result, undoes);
  CHECK(graph.hash() == hash);
  return *thought;
}

}  // namespace

TEST_CASE("abstract divides what lies together into the kinds that the text has") {
  Graph graph = kinds(4000);
  const Thought thought = checked(graph, {Operator::kAbstract, 0, 1});
  CHECK(thought.gain_bits > 100);
  const ConceptId first = apply(graph, thought.kind, thought.operands, 1);
  // Words of one kind lie together: nearly every pair of k1 words in one category, none with a number.
  std::map<ConceptId, int> where;
  for (int w = 0; w < 12; ++w) ++where[graph.category_of(*graph.find("k1w" + std::to_string(w)))];
  int most = 0;
  for (const auto& [category, words] : where) most = std::max(most, words);
  CHECK(most >= 10);
  CHECK(graph.category_of(*graph.find("k1w0")) != graph.category_of(*graph.find("n0")));
  CHECK(first >= 1);
}

TEST_CASE("a concept joins the category that fits what stands beside it, and leaves the one that does not") {
  Graph graph = kinds(4000);
  const auto division = examine(graph, {Operator::kAbstract, 0, 1});
  REQUIRE(division);
  apply(graph, division->kind, division->operands, 1);
  const ConceptId word = *graph.find("n3");
  const ConceptId home = graph.category_of(*graph.find("n4"));
  const OperatorSet unmerged = OperatorSet::all().without(Operator::kMerge);
  graph.set_category(word, 0);
  const Thought joins = checked(graph, {Operator::kAbstract, word, 0}, unmerged);
  CHECK(joins.kind == Operator::kAbstract);
  CHECK(joins.operands == std::vector<ConceptId>{home, word});
  graph.set_category(word, graph.category_of(*graph.find("k2w1")));
  const Thought moves = checked(graph, {Operator::kAbstract, word, 0}, unmerged);
  CHECK(moves.gain_bits > 0);
  CHECK(moves.operands == std::vector<ConceptId>{home, word});
}

TEST_CASE("split gives a unit a sense where its neighbours tell one, and not where they do not") {
  Graph graph = kinds(3000);
  const Thought thought = checked(graph, {Operator::kSplit, *graph.find("both")});
  CHECK(thought.gain_bits > 0);
  const auto senseless = examine(graph, {Operator::kSplit, *graph.find("n1")});
  CHECK((!senseless || senseless->gain_bits < 0));
}

TEST_CASE("relate makes a schema of a word and the category that fills the place beside it") {
  Graph graph = kinds(3000);
  const auto division = examine(graph, {Operator::kAbstract, 0, 1});
  REQUIRE(division);
  apply(graph, division->kind, division->operands, 1);
  const ConceptId numbers = graph.category_of(*graph.find("n1"));
  const Thought thought = checked(graph, {Operator::kRelate, numbers});
  CHECK(thought.kind == Operator::kRelate);
  const ConceptId schema = apply(graph, thought.kind, thought.operands, 2);
  CHECK(graph.node(schema).is<concepts::Schema>());
  CHECK(graph.node(schema).as<concepts::Schema>()->fillers.size() >= 10);
  CHECK(graph.node(schema).mentions > 200);
}

TEST_CASE("forget does without what does not pay") {
  Graph graph = spellings();
  const ConceptId odd = graph.compose(*graph.find("york"), *graph.find("red"), 1);
  const Thought thought = checked(graph, {Operator::kForget, odd});
  CHECK(thought.gain_bits > 0);
  apply(graph, thought.kind, thought.operands, 2);
  const ConceptId useful = graph.compose(*graph.find("new"), *graph.find("york"), 2);
  const auto keeps = examine(graph, {Operator::kForget, useful});
  CHECK((!keeps || keeps->gain_bits < 0));
}

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
  for (std::size_t i = 0; i < kOperators; ++i) {
    const auto kind = static_cast<Operator>(i);
    CHECK(operator_named(name_of(kind)) == kind);
  }
  CHECK_THROWS_WITH(operator_named("dream"), Catch::Contains("'dream'"));
}
