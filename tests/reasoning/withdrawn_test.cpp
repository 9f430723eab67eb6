#include "reasoning/withdrawn.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "reasoning/mind.h"
#include "tests/reasoning/lives.h"

using namespace noema;
using namespace noema::tests;

TEST_CASE("an input is withdrawn until this is undone, and its sentence is not recalled meanwhile") {
  const Folder folder;
  reasoning::MindOptions options;
  options.predict = options.encode = false;
  reasoning::Mind mind(new_life(folder.path / "life"), options);
  for (const char* text : {"the key is in the drawer .", "the dog is in the garden ."}) {
    reasoning::Input input;
    input.text = text;
    mind.perceive(input);
  }
  mind.commit();
  CHECK(mind.recall("key", 5).size() == 1);
  const memory::ThoughtId thought = mind.withdraw(1);
  CHECK(reasoning::withdrawn_inputs(mind.view().life()).contains(1));
  CHECK(mind.recall("key", 5).empty());
  CHECK_THROWS_WITH(mind.withdraw(1), Catch::Contains("withdrawn already"));
  CHECK_THROWS_WITH(mind.withdraw(99), Catch::Contains("no input 99"));
  mind.undo(thought);
  CHECK(reasoning::withdrawn_inputs(mind.view().life()).empty());
  CHECK(mind.recall("key", 5).size() == 1);
}
