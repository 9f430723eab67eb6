#include "reasoning/journal.h"

#include "base/error.h"
#include "tests/reasoning/thoughts/support.h"

using namespace noema;
using namespace noema::tests;

TEST_CASE("a thought that is written into a row comes back the same") {
  Graph graph = kinds(2000);
  for (const char* kind : {"estimate", "divide"}) {
    Thought thought = *examine(graph, kind);
    thought.needed_bits = 12.5;
    thought.candidates = 34;
    thought.batch = 3;
    thought.kind->settle(graph, thought);
    memory::ThoughtRow row = row_of(graph, thought, 99.5, 7);
    row.id = 21;
    CHECK(row.time == 99.5);
    CHECK(row.after_episode == 7);
    const Thought back = thought_of(row);
    CHECK(back.kind == thought.kind);
    CHECK(back.operands == thought.operands);
    CHECK(back.before == thought.before);
    CHECK(back.result == thought.result);
    CHECK(back.gain_bits == thought.gain_bits);
    CHECK(back.needed_bits == 12.5);
    CHECK(back.candidates == 34);
    CHECK(back.batch == 3U);
    CHECK(back.number == 21);
  }
}

TEST_CASE("evidence is some of the inputs in which a thought occurs, in their order") {
  Graph graph = spellings();
  Thought thought = *examine(graph, "compose", *graph.find("new"), *graph.find("york"));
  thought.kind->settle(graph, thought);
  const auto row = row_of(graph, thought, 0, 1);
  CHECK(row.evidence.size() == 8);
  CHECK(std::is_sorted(row.evidence.begin(), row.evidence.end()));
  CHECK_THAT(row.reason, Catch::Contains("occurrences") && Catch::Contains("bits shorter"));
}

TEST_CASE("a row of an unknown kind or with damaged columns is an error that names it") {
  memory::ThoughtRow row;
  row.id = 5;
  row.kind = "dream";
  CHECK_THROWS_WITH(thought_of(row), Catch::Contains("'dream'"));
  row.kind = "merge";
  row.operands = "{";
  CHECK_THROWS_WITH(thought_of(row), Catch::Contains("thought:5"));
  row.operands = R"({"from":"x","into":2})";
  const Thought odd = thought_of(row);
  CHECK_THROWS_WITH(odd.kind->weigh(spellings(), odd.operands), Catch::Contains("\"from\""));
}
