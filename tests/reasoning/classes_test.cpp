#include "reasoning/classes.h"

#include <catch2/catch.hpp>

#include "reasoning/mind.h"
#include "tests/reasoning/lives.h"

using namespace noema;
using reasoning::Classes;

namespace {

void tell(reasoning::Mind& mind, const std::string& label, const std::string& text) {
  reasoning::Input input;
  input.text = text;
  input.kind = "labelled";
  input.label = label;
  mind.perceive(input);
}

void teach(reasoning::Mind& mind) {
  tell(mind, "weather", "will it rain tomorrow");
  tell(mind, "weather", "is it cold outside");
  tell(mind, "money", "what is on my account");
  tell(mind, "money", "how much did i spend");
  mind.commit();
}

Classes classes_of(reasoning::Mind& mind) { return Classes::of(mind.view().life()); }

}  // namespace

TEST_CASE("labelled inputs teach classes, inputs without labels do not", "[classes]") {
  const tests::Folder folder;
  reasoning::Mind mind(tests::new_life(folder.path / "a.life"), tests::quick());
  teach(mind);
  tests::perceive(mind, {"will it rain on my account"});
  const Classes classes = classes_of(mind);
  CHECK(classes.naming().classes().size() == 2);
  CHECK(classes.classify("rain outside").best == "weather");
  CHECK(classes.classify("my account").best == "money");
  CHECK_FALSE(classes.classify("").best);
}

TEST_CASE("classes are the same from what was kept as from the log anew, also after a kill", "[classes]") {
  const tests::Folder folder;
  const auto path = folder.path / "a.life";
  {
    reasoning::Mind mind(tests::new_life(path), tests::quick());
    teach(mind);
    mind.checkpoint();
    tell(mind, "travel", "book a flight to rome");
    mind.commit();  // and no checkpoint: as after a kill
  }
  const memory::Life life = memory::Life::open(path, memory::Access::kRead);
  CHECK(life.state("classes").has_value());
  CHECK(Classes::of(life) == Classes::anew(life));
  CHECK(Classes::of(life).classify("a flight").best == "travel");
}

TEST_CASE("a withdrawn input leaves its class, and comes back when the withdrawal is undone", "[classes]") {
  const tests::Folder folder;
  reasoning::Mind mind(tests::new_life(folder.path / "a.life"), tests::quick());
  teach(mind);
  tell(mind, "travel", "book a flight");
  mind.checkpoint();
  const auto thought = mind.withdraw(5);
  CHECK(classes_of(mind).classify("flight").best != "travel");
  mind.undo(thought);
  CHECK(classes_of(mind).classify("flight").best == "travel");
  CHECK(classes_of(mind) == Classes::anew(mind.view().life()));
}
