#include "reasoning/telling.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "reasoning/checkpoint.h"
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
  const std::vector<std::string> more{"the red fox meets a zebra.", "a zebra and a YAK.", "the yak sings.",
                                      "老王走在小道上。"};
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
  CHECK(reasoning::replay(told.view().life(), false).graph.hash() == perceived.view().graph().hash());
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
    mind.undo(thoughts_of(mind));
    mind.commit();
  }
  memory::Life undone = memory::Life::open(folder.path / "large", memory::Access::kWrite);
  CHECK_FALSE(Telling::begin(undone, kClock));
}

TEST_CASE("a life from birth is loaded as long as it will be encoded again") {
  const Folder folder;
  const auto make_born = [&](const std::string& name, std::uint64_t reencode_units) {
    memory::CreateOptions create;
    create.model_bytes = small_model().serialize();
    create.seed = 7;
    create.options = nlohmann::json{{reasoning::kFromBirth, "tiny"}}.dump();
    reasoning::MindOptions options;
    options.predict = options.encode = false;
    options.reencode_units = reencode_units;
    Mind mind(memory::Life::create(folder.path / name, create), options);
    perceive(mind, small_world(1, 4200));
    mind.checkpoint();
  };
  make_born("bytes", 1'000'000);
  make_born("pieces", 600);
  memory::Life bytes = memory::Life::open(folder.path / "bytes", memory::Access::kWrite);
  CHECK_FALSE(Telling::begin(bytes, kClock));
  memory::Life pieces = memory::Life::open(folder.path / "pieces", memory::Access::kWrite);
  CHECK(Telling::begin(pieces, kClock));
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

TEST_CASE("telling in many commands gives the same life as telling in one, whatever is noted between them") {
  const Folder folder;
  make_large(folder.path / "many");
  std::filesystem::copy_file(folder.path / "many", folder.path / "one");
  base::Rng rng(6);
  std::vector<std::string> lines;  // old words and new ones, some of which come again
  for (int i = 0; i < 700; ++i) lines.push_back("the fox met w" + std::to_string(rng.below(300)) + " \"here\".");
  memory::Life one = memory::Life::open(folder.path / "one", memory::Access::kWrite);
  auto at_once = Telling::begin(one, kClock);
  REQUIRE(at_once);
  for (const std::string& line : lines) at_once->tell(input_of(line));
  one.commit();
  for (std::size_t begin = 0; begin < lines.size(); begin += 70) {
    memory::Life life = memory::Life::open(folder.path / "many", memory::Access::kWrite);
    auto telling = Telling::begin(life, kClock);
    REQUIRE(telling);
    for (std::size_t i = begin; i < begin + 70; ++i) telling->tell(input_of(lines[i]));
    telling->keep();
    life.commit();
    if (begin + 70 == lines.size()) CHECK(telling->concepts() == at_once->concepts());
  }
  memory::Life many = memory::Life::open(folder.path / "many", memory::Access::kRead);
  CHECK(many.state("told"));
  for (memory::EpisodeId id = 4201; id <= 4900; ++id)
    REQUIRE(many.episodes().find(id)->attachments == one.episodes().find(id)->attachments);
  CHECK(many.check().empty());
}

TEST_CASE("what was noted before a checkpoint is not used after it") {
  const Folder folder;
  make_large(folder.path / "life");
  {
    memory::Life life = memory::Life::open(folder.path / "life", memory::Access::kWrite);
    auto telling = Telling::begin(life, kClock);
    REQUIRE(telling);
    for (int i = 0; i < 300; ++i) telling->tell(input_of("new" + std::to_string(i)));
    telling->keep();
    life.commit();
  }
  concepts::ConceptId last = 0;
  {
    Mind mind(memory::Life::open(folder.path / "life", memory::Access::kWrite), {});
    perceive(mind, {"newer"});
    mind.checkpoint();
    last = *mind.view().graph().find("newer");
  }
  memory::Life life = memory::Life::open(folder.path / "life", memory::Access::kWrite);
  auto telling = Telling::begin(life, kClock);
  REQUIRE(telling);
  const auto id = telling->tell(input_of("newer newest new7"));
  const auto units = life.episodes().find(id)->attachments;
  CHECK(units[0] == last);
  CHECK(units[1] == last + 1);
  CHECK(units[2] < last);
}
