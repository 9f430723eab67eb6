#include "reasoning/passage.h"

#include <catch2/catch.hpp>
#include <optional>

#include "tests/reasoning/told_graph.h"

using namespace noema;
using namespace noema::tests;
using reasoning::Passage;

namespace {

/// Told inputs, and the passage of one of them.
struct Told {
  ToldGraph graph;
  void tell(const std::string& text) { graph.tell(text); }
  Passage passage(const std::string& cue, std::uint32_t episode, const std::optional<std::string>& text = {}) {
    reasoning::Headings headings;
    reasoning::Openings openings;
    headings.catch_up(graph.life, graph.graph.stream().first_episode());
    openings.catch_up(graph.graph, headings);
    reasoning::WrittenForms forms;
    forms.catch_up(graph.graph, graph.life);
    const reasoning::Cue asked(graph.graph, headings, openings.evidence(), forms, cue);
    return reasoning::best_passage(asked, graph.graph.stream(), episode, text.value_or(graph.rows[episode].text));
  }
};

}  // namespace

TEST_CASE("of a paragraph the sentence that holds most of the cue is its passage") {
  Told told;
  told.tell("The harbour is old. Rex guards the blue gate! Ships come at night.");
  told.tell("It rains.");
  told.tell("  A gate. ");
  const Passage passage = told.passage("who guards the gate?", 0);
  CHECK(passage.text == "Rex guards the blue gate!");
  CHECK(passage.coverage > 0.4);
  CHECK(told.passage("rains", 1).text == "It rains.");
  CHECK(told.passage("gate", 2).text == "  A gate. ");
}

TEST_CASE("sentences that hold parts of the cue are a passage together, if they are near") {
  Told told;
  told.tell("My dog is Rex. He sleeps in the hall. It is warm. Nobody goes there. Tom came.");
  told.tell("It rains in the hall.");
  CHECK(told.passage("dog sleeps", 0).text == "My dog is Rex. He sleeps in the hall.");
  const Passage apart = told.passage("dog Tom", 0);
  CHECK(apart.text == "Tom came.");
  CHECK(apart.coverage == Approx(0.5));
}

TEST_CASE("a cue of which nothing is there gives the shortest sentence and covers nothing") {
  Told told;
  told.tell("One two. Three.");
  const Passage passage = told.passage("four", 0);
  CHECK(passage.coverage == 0);
  CHECK(passage.text == "Three.");
}

TEST_CASE("a text that is not the episode's is taken whole") {
  Told told;
  told.tell("One two. Three.");
  CHECK(told.passage("three", 0, "One two. Three. Four.").text == "One two. Three. Four.");
}
