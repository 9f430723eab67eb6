#include "reasoning/recall.h"

#include <catch2/catch.hpp>

#include "tests/reasoning/lives.h"

using namespace noema;
using namespace noema::tests;

TEST_CASE("rare words call their episode before common ones, in both scripts and only in their group") {
  const Folder folder;
  reasoning::Mind mind(new_life(folder.path / "life"), {});
  perceive(mind, small_world(1, 200));
  reasoning::Input input;
  input.text = "前面有一条小道，道上有龙。";
  input.group = "dragons";
  mind.perceive(input);
  mind.commit();
  const auto found = mind.recall("龙在哪里", 3);
  REQUIRE_FALSE(found.empty());
  CHECK(mind.view().life().episodes().find(found.front().episode)->text == input.text);
  CHECK_FALSE(found.front().via.empty());
  CHECK(mind.recall("小道", 10, "dragons").size() == 1);
  CHECK(mind.recall("", 10).empty());
  CHECK(mind.recall("\"AND OR NOT (* ^", 3).size() <= 3);  // nothing in a cue is syntax
}
