#include "reasoning/mind.h"

#include <tbb/global_control.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "base/error.h"
#include "reasoning/checkpoint.h"
#include "reasoning/replay.h"
#include "tests/reasoning/lives.h"

using namespace noema;
using namespace noema::tests;
using reasoning::Mind;

namespace {

std::string hash_of(const std::filesystem::path& path) {
  return Mind(memory::Life::open(path, memory::Access::kRead), {}).view().graph().hash();
}

/// A life that perceived all lines and examined `proposals` after each.
std::string live(const std::filesystem::path& path, const std::vector<std::string>& lines, std::uint64_t proposals,
                 std::size_t threads) {
  const tbb::global_control control(tbb::global_control::max_allowed_parallelism, threads);
  Mind mind(new_life(path), {});
  mind.think_after_inputs(proposals);
  perceive(mind, lines);
  mind.checkpoint();
  return mind.view().graph().hash();
}

}  // namespace

TEST_CASE("one and two threads, interrupted or not, replayed or not: one graph") {
  const Folder folder;
  const auto lines = small_world(1, 300);
  for (const std::uint64_t proposals : {1, 5, 40}) {
    const auto path = [&](const char* name) { return folder.path / (std::to_string(proposals) + name); };
    const std::string whole = live(path("whole"), lines, proposals, 1);
    CHECK(live(path("threads"), lines, proposals, 2) == whole);
    {
      Mind mind(new_life(path("parts")), {});
      mind.think_after_inputs(proposals);
    }
    std::size_t begin = 0;
    for (const std::size_t end : {1, 60, 61, 200, 300}) {  // each part ends as by a kill: nothing but the log is kept
      Mind mind(memory::Life::open(path("parts"), memory::Access::kWrite), {});
      if (begin == 60)
        mind.think_after_inputs(proposals);  // as feeding again does
      else if (mind.view().life().state(reasoning::kThinkAfterInputs) == std::to_string(proposals))
        mind.think_after_inputs(proposals);
      perceive(mind, lines, begin, end);
      begin = end;
    }
    CHECK(hash_of(path("parts")) == whole);
    const auto replayed = reasoning::replay(memory::Life::open(path("whole"), memory::Access::kRead), true);
    CHECK(replayed.graph.hash() == whole);
    CHECK(replayed.differences == 0);
    CHECK(replayed.thoughts > 3);
  }
}

TEST_CASE("a thought on which nothing stands can be taken back, and the hash is as before it") {
  const Folder folder;
  Mind mind(new_life(folder.path / "life"), {});
  perceive(mind, small_world(2, 200));
  std::vector<std::string> hashes{mind.view().graph().hash()};
  while (mind.think(1).examined > 0)
    if (thoughts_of(mind) + 1 > static_cast<std::int64_t>(hashes.size())) hashes.push_back(mind.view().graph().hash());
  REQUIRE(hashes.size() > 5);
  for (auto thought = static_cast<memory::ThoughtId>(hashes.size()) - 1; thought >= 1; --thought) {
    mind.undo(thought);
    CHECK(mind.view().graph().hash() == hashes[static_cast<std::size_t>(thought) - 1]);
  }
  CHECK_THROWS_WITH(mind.undo(1), Catch::Contains("taken back already"));
  CHECK_THROWS_WITH(mind.undo(9999), Catch::Contains("not in this life"));
  mind.checkpoint();
  CHECK(hash_of(folder.path / "life") == hashes.front());
}

TEST_CASE("a thought on which another stands names it when it is to be taken back") {
  const Folder folder;
  Mind mind(new_life(folder.path / "life"), {});
  mind.think_after_inputs(4);
  perceive(mind, small_world(3, 300));
  std::size_t refused = 0;
  for (memory::ThoughtId thought = 1; thought <= thoughts_of(mind); ++thought) {
    try {
      mind.undo(thought);
    } catch (const base::Error& error) {
      CHECK_THAT(error.what(), Catch::Contains("stands on it"));
      ++refused;
    }
  }
  CHECK(refused > 0);
  CHECK_FALSE(first_difference(mind.view().graph()));
}

TEST_CASE("the claimed gain of all thoughts is the change of the whole of L") {
  const Folder folder;
  Mind mind(new_life(folder.path / "life"), {});
  perceive(mind, small_world(4, 400));
  const double before = description_bits(mind.view().graph());
  const auto thinking = mind.think(1000000);
  CHECK(thinking.thoughts > 2);
  CHECK(before - description_bits(mind.view().graph()) == Approx(thinking.gain_bits).epsilon(1e-6));
  CHECK(mind.think(1000).thoughts == 0);  // quiet: thinking again without new input gains nothing
}

TEST_CASE("a mind thinks by itself when there is no input, and a replay of its log gives its graph") {
  const Folder folder;
  std::string hash;
  {
    Mind mind(new_life(folder.path / "life"), {});
    mind.start_background();
    const auto lines = small_world(5, 200);
    perceive(mind, lines, 0, 150);
    for (int waited = 0; mind.view().thinker().agenda().size() > 0 && waited < 500; ++waited)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    perceive(mind, lines, 150);
    CHECK(mind.stop_background().thoughts > 1);
    mind.commit();
    hash = mind.view().graph().hash();
  }
  CHECK(hash_of(folder.path / "life") == hash);
  CHECK(reasoning::replay(memory::Life::open(folder.path / "life", memory::Access::kRead), true).graph.hash() == hash);
}

TEST_CASE(
    "inputs and background thoughts that come together leave a log that gives the same graph and the same gains") {
  const Folder folder;
  const auto lines = small_world(7, 1200);
  std::string hash;
  {
    Mind mind(new_life(folder.path / "life"), {});
    mind.start_background();
    perceive(mind, lines);
    mind.stop_background();
    mind.commit();  // what was thought after the last input's commit
    hash = mind.view().graph().hash();
  }
  const auto replayed = reasoning::replay(memory::Life::open(folder.path / "life", memory::Access::kRead), true);
  INFO(replayed.first_difference);
  CHECK(replayed.differences == 0);
  CHECK(replayed.graph.hash() == hash);
  CHECK(hash_of(folder.path / "life") == hash);
}

TEST_CASE("what was told is recalled, and what was not is abstained from") {
  const Folder folder;
  Mind mind(new_life(folder.path / "life"), {});
  perceive(mind, small_world(6, 100));
  perceive(mind, {"The silver key lies under the third stone."});
  const auto known = mind.answer("where is the silver key?", true);
  REQUIRE(known.answer);
  CHECK_THAT(*known.answer, Catch::Contains("third stone"));
  CHECK_FALSE(mind.answer("quantum chromodynamics lattice?", false).answer);
  const auto again = mind.recall("silver key", 5);
  CHECK(mind.view().life().episodes().find(again.front().episode)->kind ==
        "text");  // a question does not answer itself
}

TEST_CASE("of a paragraph the answer is the sentence that holds the question, as sure as the paragraph makes it") {
  const Folder folder;
  Mind mind(new_life(folder.path / "life"), {});
  perceive(mind, small_world(6, 100));
  const std::string before = "The harbour was built long ago. ",
                    sentence = "The silver key lies under the third stone.";
  perceive(mind, {before + sentence + " Ships came there every summer, and left with salt."});
  const std::string question = "where is the silver key?";
  const auto answer = mind.answer(question, false);
  REQUIRE(answer.answer);
  CHECK(*answer.answer == sentence);
  CHECK(answer.confidence <= mind.recall(question, 1).front().coverage);
}

TEST_CASE("an id that is taken in its group is refused before anything changes") {
  const Folder folder;
  Mind mind(new_life(folder.path / "life"), {});
  reasoning::Input input;
  input.text = "one";
  input.id = "a";
  input.group = "g";
  mind.perceive(input);
  const auto hash = mind.view().graph().hash();
  CHECK_THROWS_WITH(mind.perceive(input), Catch::Contains("'a' is taken"));
  CHECK(mind.view().graph().hash() == hash);
  input.group = "other";
  CHECK_NOTHROW(mind.perceive(input));
}

TEST_CASE("thinking that is killed goes on where it was, to the graph of thinking that never was") {
  const Folder folder;
  const auto feed = [&](const char* name) {
    Mind mind(new_life(folder.path / name), {});
    perceive(mind, small_world(4, 400));
    mind.checkpoint();
  };
  feed("whole");
  feed("killed");
  std::string whole;
  {
    Mind mind(memory::Life::open(folder.path / "whole", memory::Access::kWrite), {});
    mind.think_after_inputs(0);
    while (mind.think(64).examined > 0) mind.commit();
    whole = mind.view().graph().hash();
  }
  for (int kills = 0; kills < 200; ++kills) {  // each ends without a checkpoint, some without the last commit
    Mind mind(memory::Life::open(folder.path / "killed", memory::Access::kWrite), {});
    if (kills == 0) mind.think_after_inputs(0);
    if (mind.think(64).examined == 0) break;
    mind.commit();
    if (kills % 3 == 0) mind.think(64);
  }
  CHECK(hash_of(folder.path / "killed") == whole);
}
