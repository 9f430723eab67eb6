#include "reasoning/telling.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "reasoning/replay.h"
#include "tests/reasoning/lives.h"

using namespace noema;
using namespace noema::tests;
using reasoning::Mind;
using reasoning::Telling;

namespace {

const base::ManualClock kClock(2000);

/// A life of so many inputs that telling does not load it.
void make_large(const std::filesystem::path& path) {
  reasoning::MindOptions options;
  options.predict = false;
  Mind mind(new_life(path), options);
  perceive(mind, small_world(1, 4200));
  mind.think(2000);
  mind.checkpoint();
}

reasoning::Input input_of(const std::string& text) {
  reasoning::Input input;
  input.text = text;
  input.time = 3000;
  return input;
}

}  // namespace

TEST_CASE("what is told without loading the graph gives the graph that perceiving gives") {
  const Folder folder;
  const std::vector<std::string> more{"the red fox meets a zebra.", "a zebra and a YAK.", "the yak sings.", "老王走在小道上。"};
  make_large(folder.path / "told");
  std::filesystem::copy_file(folder.path / "told", folder.path / "perceived");
  {
    Mind mind(memory::Life::open(folder.path / "perceived", memory::Access::kWrite), {});
    for (const std::string& text : more) mind.perceive(input_of(text));
    mind.checkpoint();
  }
  for (std::size_t i = 0; i < more.size(); i += 2) {  // in two commands
    memory::Life life = memory::Life::open(folder.path / "told", memory::Access::kWrite);
    auto telling = Telling::begin(life, kClock);
    REQUIRE(telling);
    telling->tell(input_of(more[i]));
    telling->tell(input_of(more[i + 1]));
    life.commit();
    CHECK(life.check().empty());
  }
  Mind told(memory::Life::open(folder.path / "told", memory::Access::kWrite), {});
  Mind perceived(memory::Life::open(folder.path / "perceived", memory::Access::kRead), {});
  CHECK(told.view().graph().hash() == perceived.view().graph().hash());
  CHECK(reasoning::replay(told.life(), false).graph.hash() == perceived.view().graph().hash());
  told.checkpoint();  // gives the new words their vectors
  const auto yak = told.view().graph().find("yak");
  REQUIRE(yak);
  CHECK(told.meaning().coded(*yak) == perceived.meaning().coded(*perceived.view().graph().find("yak")));
  CHECK(told.recall("zebra", 1).front().episode > 4200);
}

TEST_CASE("a life that is small, keeps to a budget or has thoughts behind its checkpoint is loaded") {
  const Folder folder;
  {
    memory::Life small = new_life(folder.path / "small");
    CHECK_FALSE(Telling::begin(small, kClock));
  }
  make_large(folder.path / "large");
  {
    Mind mind(memory::Life::open(folder.path / "large", memory::Access::kWrite), {});
    mind.undo(mind.life().counts().thoughts);
    mind.commit();
  }
  memory::Life undone = memory::Life::open(folder.path / "large", memory::Access::kWrite);
  CHECK_FALSE(Telling::begin(undone, kClock));
}

TEST_CASE("an id that is taken is refused") {
  const Folder folder;
  make_large(folder.path / "life");
  memory::Life life = memory::Life::open(folder.path / "life", memory::Access::kWrite);
  auto telling = Telling::begin(life, kClock);
  REQUIRE(telling);
  reasoning::Input input = input_of("one");
  input.id = "a";
  telling->tell(input);
  CHECK_THROWS_WITH(telling->tell(input), Catch::Contains("'a' is taken"));
}
