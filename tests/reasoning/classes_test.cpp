#include "reasoning/classes.h"

#include <catch2/catch.hpp>

#include "memory/images/png.h"
#include "reasoning/mind.h"
#include "tests/memory/images/image_files.h"
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

namespace {

/// Tells eight bars, lying and upright in turn.
void show_bars(reasoning::Mind& mind) {
  for (std::size_t i = 0; i < 8; ++i) {
    reasoning::Input input;
    input.kind = "image";
    input.label = i % 2 == 0 ? "upright" : "lying";
    input.image = memory::png_of(memory::bar(static_cast<int>(i % 2), 1 + i / 2));
    CHECK(mind.perceive(input).bits.empty());
  }
  mind.commit();
}

}  // namespace

TEST_CASE("images teach classes as texts do, and a class may have members of both", "[classes]") {
  const tests::Folder folder;
  reasoning::Mind mind(tests::new_life(folder.path / "a.life"), tests::quick());
  show_bars(mind);
  tell(mind, "lying", "flat plank");
  teach(mind);
  const Classes classes = classes_of(mind);
  CHECK(classes.naming().classes().size() == 4);
  CHECK(classes.classify(memory::bar(0, 3)).best.value_or("") == "upright");
  CHECK(classes.classify(memory::bar(1, 3)).best.value_or("") == "lying");
  CHECK(classes.classify("flat plank").best.value_or("") == "lying");
  CHECK(classes.classify("will it rain").best.value_or("") == "weather");
}

TEST_CASE("a withdrawn image leaves its class", "[classes]") {
  const tests::Folder folder;
  reasoning::Mind mind(tests::new_life(folder.path / "a.life"), tests::quick());
  show_bars(mind);
  mind.checkpoint();
  for (const memory::EpisodeId upright : {1, 3, 5, 7}) mind.withdraw(upright);
  CHECK(classes_of(mind).classify(memory::bar(0, 1)).best != "upright");
  CHECK(classes_of(mind) == Classes::anew(mind.view().life()));
}
