#include "reasoning/taught.h"

#include <catch2/catch.hpp>

#include "reasoning/replay.h"
#include "tests/reasoning/lives.h"

using namespace noema;
using namespace noema::tests;
using reasoning::Mind;

namespace {

void teach(Mind& mind, const std::string& question, const std::optional<std::string>& answer) {
  reasoning::Input input;
  input.text = question;
  input.kind = reasoning::kTaught;
  input.source = "taught.jsonl";
  input.line = 1;
  input.time = 5000;
  input.answer = answer;
  mind.perceive(input);
  mind.commit();
}

}  // namespace

TEST_CASE("a question that was taught is answered as it was taught, in any writing of it, with its source") {
  const Folder folder;
  Mind mind(new_life(folder.path / "life"), {});
  perceive(mind, small_world(6, 60));
  teach(mind, "Where does Ana live?", "in Lisbon");
  teach(mind, "道是什么?", "路");
  for (const std::string question : {"Where does Ana live?", "where does  ANA live?"}) {
    const auto answer = mind.answer(question, false);
    REQUIRE(answer.answer);
    CHECK(*answer.answer == "in Lisbon");
    CHECK(answer.taught);
    CHECK(answer.confidence == 1);
    REQUIRE(answer.evidence.size() == 1);
    CHECK(mind.view().life().episodes().find(answer.evidence[0].episode)->source == "taught.jsonl");
  }
  CHECK(mind.answer("道是什么?", false).answer == "路");
  CHECK_FALSE(mind.answer("Where does Ana live now?", false).taught);
}

TEST_CASE("the latest teaching of a question counts, and null means that nothing was told") {
  const Folder folder;
  Mind mind(new_life(folder.path / "life"), {});
  teach(mind, "Who has the key?", "Ana");
  teach(mind, "Who has the key?", "Ben");
  CHECK(mind.answer("Who has the key?", false).answer == "Ben");
  teach(mind, "Who has the key?", std::nullopt);
  const auto nothing = mind.answer("Who has the key?", false);
  CHECK(nothing.taught);
  CHECK_FALSE(nothing.answer);
}

TEST_CASE("asking stores the question and nothing else: no thought, no link, and the same answer again") {
  const Folder folder;
  Mind mind(new_life(folder.path / "life"), {});
  perceive(mind, {"Russell spoke eloquently.", "The king ate.", "The queen slept.", "Rain fell all day."});
  const auto first = mind.answer("who spoke?", true);
  CHECK(thoughts_of(mind) == 0);
  CHECK(mind.view().life().episodes().find(5)->kind == reasoning::kAsked);
  for (concepts::ConceptId id = 1; id < mind.view().graph().size(); ++id)
    CHECK(mind.view().graph().associates(id).empty());
  const auto second = mind.answer("who spoke?", true);
  CHECK(second.answer == first.answer);
  CHECK_FALSE(second.taught);
}

TEST_CASE("a life that was asked is replayed and recomputed without a difference") {
  const Folder folder;
  {
    Mind mind(new_life(folder.path / "life"), {});
    perceive(mind, small_world(3, 200));
    mind.think(100000);
    mind.answer("what does the red fox do?", true);
    mind.checkpoint();
  }
  const auto replayed = reasoning::replay(memory::Life::open(folder.path / "life", memory::Access::kRead), true);
  CHECK(replayed.differences == 0);
  CHECK(replayed.thoughts > 0);
}
