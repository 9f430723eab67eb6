#include "app/actions/names.h"

#include <catch2/catch.hpp>

#include "app/actions/concept_value.h"
#include "tests/app/small_life.h"

using namespace noema;
using tests::SmallLife;

TEST_CASE("an unknown name says so and names the nearest labels") {
  SmallLife life({"the bank of the river", "the bench in the park"});
  const auto view = life.mind->view();
  CHECK(label_of(view.graph(), app::node_named(view.graph(), "River")) == "river");
  CHECK_THROWS_WITH(app::node_named(view.graph(), "bnak"),
                    Catch::Equals("no concept is called 'bnak'; did you mean bank?"));
  CHECK_THROWS_WITH(app::node_named(view.graph(), "zyzzyva"), Catch::Equals("no concept is called 'zyzzyva'"));
  CHECK_THROWS_WITH(app::node_named(view.graph(), "concept:999999999"),
                    Catch::StartsWith("there is no concept:999999999") && Catch::Contains("up to concept:"));
  for (const char* name : {"concept:0", "concept:1x", "caf\xe9", ""})
    CHECK_THROWS_AS(app::node_named(view.graph(), name), app::UnknownName);
  CHECK_THROWS_WITH(app::thought_named(view.life(), "thought:7"), Catch::Contains("has not thought anything yet"));
  CHECK_THROWS_AS(app::thought_named(view.life(), "thought:x"), base::UsageError);
  CHECK_FALSE(app::thought_named(view.life(), "river"));
}

TEST_CASE("either spelling of a name finds its concept, which is shown as it was written") {
  SmallLife life({"a cafe\u0301 here", "the ﬁsh", "ＡＢＣ"});
  const auto view = life.mind->view();
  for (const char* name : {"café", "cafe\u0301", "CAFÉ"})
    CHECK(label_of(view.graph(), app::node_named(view.graph(), name)) == "cafe\u0301");
  CHECK(label_of(view.graph(), app::node_named(view.graph(), "fish")) == "ﬁsh");
  CHECK(label_of(view.graph(), app::node_named(view.graph(), "abc")) == "ＡＢＣ");
}

TEST_CASE("a name finds the concepts of the earlier rule too, what is written just so before other writings") {
  concepts::Graph graph;
  std::vector<concepts::ConceptId> units;
  for (const char* word : {"cafe\u0301", "ａｂｃ", "fish", "ﬁgs", "figs"})  // identities that folding case alone gives
    units.push_back(graph.perceive_unit(word, word));
  graph.attach(units);
  CHECK(app::node_named(graph, "cafe\u0301") == units[0]);
  CHECK(app::node_named(graph, "Café") == units[0]);
  CHECK(app::node_named(graph, "ABC") == units[1]);
  CHECK(app::node_named(graph, "ﬁsh") == units[2]);
  CHECK(app::node_named(graph, "figs") == units[4]);
  graph.perceive_unit("café", "café");
  CHECK(app::node_named(graph, "cafe\u0301") == units[0]);
  CHECK(app::node_named(graph, "café") != units[0]);
}

TEST_CASE("every label that a life has is a name for its concept, in braces too") {
  SmallLife life(tests::tax_lines());
  life.mind->think(100000);
  life.mind->commit();
  const auto view = life.mind->view();
  for (const auto id : app::all_concepts(view.graph())) {
    const std::string label = label_of(view.graph(), id);
    bool found = false;
    for (const auto node : app::nodes_named(view.graph(), label))
      found = found || view.graph().concept_of(node) == id ||
              view.graph().nodes().unit_of(id) == node;  // a split-off sense is named by its unit
    INFO(label);
    CHECK(found);
  }
}

TEST_CASE("an unknown group or speaker names the nearest") {
  SmallLife life;
  reasoning::Input input;
  input.text = "hello";
  input.group = "letters";
  input.speaker = "Caroline";
  life.mind->perceive(input);
  life.mind->commit();
  const auto view = life.mind->view();
  CHECK_NOTHROW(app::refuse_unknown(view.life(), {.group = "letters", .speaker = "Caroline"}));
  CHECK_THROWS_WITH(app::refuse_unknown(view.life(), {.group = "lettres"}), Catch::Contains("did you mean letters?"));
  CHECK_THROWS_WITH(app::refuse_unknown(view.life(), {.speaker = "letters"}),
                    Catch::Contains("no input has the speaker"));
  CHECK_THROWS_WITH(app::refuse_unknown(view.life(), {.speaker = "Carolin"}),
                    Catch::Contains("did you mean Caroline?"));
}
