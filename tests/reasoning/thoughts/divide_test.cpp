#include "reasoning/thoughts/divide.h"

#include <map>

#include "tests/reasoning/thoughts/support.h"

using namespace noema;
using namespace noema::tests;

TEST_CASE("divide finds the kinds that the text has") {
  Graph graph = kinds(4000);
  const Thought thought = checked(graph, "divide", thoughts::kUncategorised);
  CHECK(thought.gain_bits > 100);
  const Thought done = applied(graph, thought);
  // Words of one kind lie together: nearly all k1 words in one category, none with a number.
  std::map<ConceptId, int> where;
  for (int w = 0; w < 12; ++w) ++where[category_of(graph.nodes(), *graph.find("k1w" + std::to_string(w)))];
  int most = 0;
  for (const auto& [category, words] : where) most = std::max(most, words);
  CHECK(most >= 10);
  CHECK(category_of(graph.nodes(), *graph.find("k1w0")) != category_of(graph.nodes(), *graph.find("n0")));
  CHECK(done.result >= 1);
}

TEST_CASE("a division names every category that it made and every member that it moved") {
  Graph graph = kinds(3000);
  const Thought done = applied(graph, *examine(graph, "divide"));
  std::size_t made = 0, about = 0;
  for (const ConceptRole& role : done.kind->concepts(graph, done)) {
    made += role.role == Role::kMade;
    about += role.role == Role::kAbout;
  }
  CHECK(made == done.operands.at("parts").size());
  std::size_t members = 0;
  for (const auto& part : done.operands.at("parts")) members += part.size();
  CHECK(about == members);
}
