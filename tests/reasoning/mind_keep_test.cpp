#include <catch2/catch.hpp>

#include "base/error.h"
#include "memory/database.h"
#include "reasoning/checkpoint.h"
#include "tests/reasoning/lives.h"

using namespace noema;
using namespace noema::tests;
using reasoning::Mind;

TEST_CASE("an input's row holds all that was given, and the clock's time where none was") {
  reasoning::Input input;
  input.text = "who?";
  input.source = "a.jsonl";
  input.line = 7;
  input.part = 2;
  input.begins_at = 5;
  input.group = "g";
  input.kind = "question";
  input.id = "q1";
  input.speaker = "ana";
  input.label = "l";
  input.answer = "bo";
  const memory::EpisodeRow row = reasoning::row_of(input, 42);
  CHECK(row.time == 42);
  CHECK(row.text == "who?");
  CHECK(row.source == "a.jsonl");
  CHECK(row.line == 7);
  CHECK(row.part == 2);
  CHECK(row.begins_at == 5);
  CHECK(row.group == "g");
  CHECK(row.kind == "question");
  CHECK(row.outer_id == "q1");
  CHECK(row.speaker == "ana");
  CHECK(row.label == "l");
  CHECK(row.answer == "bo");
  input.time = 3;
  CHECK(reasoning::row_of(input, 42).time == 3);
}

TEST_CASE("an id is unique in its group") {
  const Folder folder;
  Mind mind(new_life(folder.path / "life"), {});
  reasoning::Input input;
  input.text = "one";
  input.id = "1";
  input.group = "a";
  mind.perceive(input);
  CHECK_THROWS_WITH(mind.perceive(input), Catch::Contains("id '1' is taken in group 'a'"));
  input.group = "b";
  mind.perceive(input);
  mind.commit();  // the refusal left the mind sound
  CHECK(mind.view().life().counts().episodes == 2);
}

TEST_CASE("a mind whose graph failed to let go of inputs writes nothing more, though no write failed") {
  const Folder folder;
  const auto path = folder.path / "life";
  const auto model = small_model();
  memory::CreateOptions options;
  options.model_bytes = model.serialize();
  options.max_concepts = 24;
  std::int64_t acknowledged = 0;
  {
    Mind mind(memory::Life::create(path, options), {});
    perceive(mind, {"one text of five words", "another text"});
    acknowledged = mind.view().life().counts().episodes;
    memory::Database(path, memory::OpenMode::kReadWrite, 1)
        .execute("UPDATE episodes SET text = 'other' WHERE id = 1");  // what is to go fits no more
    const auto fill = [&] {
      for (int i = 0; i < 60; ++i) {
        reasoning::Input input;
        input.text = "word" + std::to_string(i);
        mind.perceive(input);
      }
    };
    CHECK_THROWS_WITH(fill(), Catch::Contains("episode 1 was attached to 5 units and its text gives 1"));
    CHECK_THROWS_WITH(mind.commit(), Catch::Contains("something failed before"));
    CHECK_THROWS_WITH(mind.checkpoint(), Catch::Contains("something failed before"));
    CHECK_THROWS_WITH(fill(), Catch::Contains("something failed before"));
  }
  CHECK(memory::Life::open(path, memory::Access::kRead).counts().episodes == acknowledged);
}

TEST_CASE("what predicts has a hash: the model's, or the copy's that practised") {
  const Folder folder;
  Mind mind(new_life(folder.path / "life"), {});
  CHECK(mind.weights_hash() == mind.model().hash());
  mind.learn_from_reading({});
  perceive(mind, small_world(1, 20));
  CHECK(mind.weights_hash() != mind.model().hash());
}

TEST_CASE("a mind holds more bytes the more it perceived") {
  const Folder folder;
  Mind mind(new_life(folder.path / "life"), {});
  const std::uint64_t empty = mind.state_bytes();
  perceive(mind, small_world(1, 20));
  CHECK(mind.state_bytes() > empty);
}

TEST_CASE("how far thinking that no input called for has come is kept with a commit, and reset by a checkpoint") {
  const Folder folder;
  Mind mind(new_life(folder.path / "life"), {});
  perceive(mind, small_world(1, 60));
  const std::uint64_t examined = mind.think(10).examined;
  REQUIRE(examined == 10);
  CHECK_FALSE(mind.view().life().state(reasoning::kTaken));
  mind.commit();
  CHECK(mind.view().life().state(reasoning::kTaken) == "10");
  mind.checkpoint();
  CHECK(mind.view().life().state(reasoning::kTaken) == "0");
}

TEST_CASE("inputs behind the checkpoint get their vectors before anything else is stored") {
  const Folder folder;
  const auto path = folder.path / "life";
  {
    reasoning::MindOptions options;
    options.encode = false;  // as telling does
    Mind mind(new_life(path), options);
    perceive(mind, {"a fox"});
  }
  Mind mind(memory::Life::open(path, memory::Access::kWrite), {});
  const auto fox = mind.view().graph().find("fox");
  REQUIRE(fox);
  CHECK(mind.meaning().coded(*fox).empty());
  perceive(mind, {"a hen"});
  CHECK_FALSE(mind.meaning().coded(*fox).empty());
}
