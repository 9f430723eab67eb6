#include "reasoning/experts/matches.h"

#include <catch2/catch.hpp>

using namespace noema;
using concepts::ConceptId;
using concepts::Graph;
using reasoning::Matches;

namespace {

struct Saying {
  Graph graph;
  std::vector<ConceptId> line;
  Saying() {
    for (const char* word : {"to", "be", "or", "not", "to", "see", "that", "is"})
      line.push_back(graph.perceive_unit(word, word));
    graph.attach(line);
  }
};

}  // namespace

TEST_CASE("matches follow a text that is read again") {
  Saying saying;
  Matches matches;
  for (int times = 0; times < 2; ++times) {
    matches.begin_line();
    std::vector<ConceptId> history;
    for (const ConceptId unit : saying.line) {
      const auto prediction = matches.predict(saying.graph, unit);
      if (times == 1 && prediction.length > 1) CHECK(prediction.share > 0.2);
      history.push_back(unit);
      matches.advance(saying.graph, history);
    }
  }
}

TEST_CASE("the shares of matches over all known units, and the escape, sum to one") {
  Saying saying;
  Matches matches;
  std::vector<ConceptId> history;
  for (const ConceptId unit : saying.line) {
    double sum = 0;
    for (ConceptId word = 0; word < saying.graph.size(); ++word) sum += matches.predict(saying.graph, word).share;
    CHECK(sum + matches.predict(saying.graph, unit).escape == Approx(1));
    history.push_back(unit);
    matches.advance(saying.graph, history);
  }
}

TEST_CASE("an unknown unit ends all matches") {
  Saying saying;
  Matches matches;
  matches.advance(saying.graph, std::vector<ConceptId>{saying.line[0]});
  CHECK(matches.predict(saying.graph, saying.line[1]).length > 0);
  matches.advance(saying.graph, std::vector<ConceptId>{saying.line[0], concepts::kInside});
  CHECK(matches.predict(saying.graph, saying.line[1]).length == 0);
}

TEST_CASE("what was learned of match lengths is kept by name, and a state of another kind is ignored") {
  const auto kind = reasoning::matches_expert();
  const auto one = kind.make({16}), other = kind.make({16});
  auto learned = one->learned();
  learned["hits"][3] = 7;
  other->restore(learned);
  CHECK(other->learned() == learned);
  other->restore("nothing");
  CHECK(other->learned() == learned);
}
