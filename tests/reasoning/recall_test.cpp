#include "reasoning/recall.h"

#include <catch2/catch.hpp>

#include "tests/reasoning/told_graph.h"

using namespace noema;
using namespace noema::tests;
using reasoning::Recalled;
using reasoning::RecallFilter;
using reasoning::RecallOptions;

namespace {

std::vector<Recalled> recall(ToldGraph& told, const std::string& cue, std::size_t k = 10,
                             const RecallFilter& filter = {}, const RecallOptions& options = {}) {
  return reasoning::recall(told.graph, told.life, told.index, cue, k, filter, options);
}

std::vector<std::string> texts_of(const ToldGraph& told, const std::vector<Recalled>& found) {
  std::vector<std::string> texts;
  for (const Recalled& one : found) texts.push_back(told.life.episodes().input(one.episode)->text);
  return texts;
}

RecallOptions without_links() {
  RecallOptions options;
  options.spread = 0;
  return options;
}

/// Many inputs that have nothing to do with what is asked.
void tell_of_else(ToldGraph& told, std::size_t inputs) {
  base::Rng rng(9);
  for (std::size_t i = 0; i < inputs; ++i)
    told.tell("w" + std::to_string(rng.below(40)) + " is w" + std::to_string(rng.below(40)) + " of w" +
              std::to_string(rng.below(40)) + ".");
}

}  // namespace

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
  CHECK(mind.recall("小道", 10, {.group = "dragons"}).size() == 1);
  CHECK(mind.recall("", 10).empty());
  CHECK(mind.recall("\"AND OR NOT (* ^", 3).size() <= 3);  // nothing in a cue is syntax
}

TEST_CASE("a name leads from one input to the next, though the cue holds no word of it") {
  ToldGraph told;
  tell_of_else(told, 60);
  told.tell("Lester Smith was born in Ohio and lives by a lake.");
  told.tell("Demon Dice. A collectible game, designed by Lester Smith.");
  const auto found = recall(told, "In what state was the designer of Demon Dice?");
  REQUIRE(found.size() >= 2);
  CHECK(texts_of(told, found)[0] == "Demon Dice. A collectible game, designed by Lester Smith.");
  CHECK(texts_of(told, found)[1] == "Lester Smith was born in Ohio and lives by a lake.");
  const auto& via = found[1].via;
  CHECK(std::any_of(via.begin(), via.end(),
                    [&](auto id) { return id == told.graph.find("lester") || id == told.graph.find("smith"); }));
  for (std::size_t i = 1; i < found.size(); ++i) CHECK(found[i].score <= found[i - 1].score);
}

TEST_CASE("a name leads back too: to what mentions the thing that an input is about") {
  ToldGraph told;
  tell_of_else(told, 60);
  told.tell("A famous opera was written in Bergen.");
  told.tell("Bergen lies between seven mountains.");
  CHECK(texts_of(told, recall(told, "seven mountains")) ==
        std::vector<std::string>{"Bergen lies between seven mountains.", "A famous opera was written in Bergen."});
  CHECK(recall(told, "seven mountains", 10, {}, without_links()).size() == 1);
}

TEST_CASE("Chinese inputs are linked by their names as others are") {
  ToldGraph told;
  for (int i = 0; i < 30; ++i) told.tell("第" + std::to_string(i) + "天下雨了。");
  told.tell("黄山有很多松树。");
  told.tell("老王昨天上了黄山。");
  const auto found = texts_of(told, recall(told, "老王昨天看见什么？"));
  REQUIRE(found.size() >= 2);
  CHECK(found[0] == "老王昨天上了黄山。");
  CHECK(found[1] == "黄山有很多松树。");
}

TEST_CASE("a part of the cue that a hit holds counts less for the next: all parts come first") {
  ToldGraph told;
  tell_of_else(told, 60);
  told.tell("amber boat amber boat");
  told.tell("the amber boat left");
  told.tell("one violet tree");
  const auto found = texts_of(told, recall(told, "amber boat violet", 3, {}, without_links()));
  CHECK(found[1] == "one violet tree");
  RecallOptions options = without_links();
  options.used_up = 0;
  CHECK(texts_of(told, recall(told, "amber boat violet", 3, {}, options))[2] == "one violet tree");
}

TEST_CASE("the newest comes first among equals, and a text that was told five times stands once") {
  ToldGraph told;
  told.tell("the fox is red", 10);
  told.tell("the fox is old", 20);
  for (int i = 0; i < 4; ++i) told.tell("The fox  is red", 30 + i);
  told.tell("the fox is wild", 40);
  const auto found = recall(told, "fox");
  CHECK(texts_of(told, found) == std::vector<std::string>{"the fox is wild", "The fox  is red", "the fox is old"});
  CHECK(found[1].episode == 6);
  CHECK(found[1].times == 5);
  CHECK(found[1].since == 10);
  CHECK(found[1].last == 33);
  CHECK(found[0].times == 1);
  CHECK(found[0].since == 40);
  const auto later = recall(told, "red", 10, {.since = 31});
  REQUIRE(later.size() == 1);
  CHECK(later[0].times == 3);
  CHECK(later[0].since == 31);
}

TEST_CASE("a text that was told a thousand times leaves room for others") {
  ToldGraph told;
  told.tell("the fox is somewhere else, far away and out of sight");
  for (int i = 0; i < 1000; ++i) told.tell("the fox");
  CHECK(recall(told, "fox").size() == 2);
  CHECK(recall(told, "fox").front().times == 1000);
}

TEST_CASE("what does not pass the filter does not take part, however well it matches") {
  ToldGraph told;
  for (int i = 0; i < 300; ++i) told.tell("a hen " + std::to_string(i));
  memory::EpisodeRow row;
  row.text = "somebody sold a hen, several ducks and most of the corn to a stranger";
  row.group = "g";
  row.speaker = "Ann";
  row.time = 5;
  told.tell(row);
  row.speaker = "Bob";
  row.group = "h";
  told.tell(row);
  for (const RecallFilter& filter : {RecallFilter{.group = "g"}, RecallFilter{.speaker = "Ann"}}) {
    const auto found = recall(told, "hen", 10, filter);
    REQUIRE(found.size() == 1);
    CHECK(found[0].episode == 301);
    CHECK(found[0].times == 1);  // Bob's does not count
  }
  CHECK(recall(told, "hen", 10, {"g", "Bob", {}}).empty());
  CHECK(recall(told, "hen", 500, {.since = 6}).size() == 300);
  CHECK(recall(told, "hen", 10, {.group = "unheard of"}).empty());
}

TEST_CASE("of an input of several pieces all answers a cue, whichever piece holds it") {
  ToldGraph told;
  tell_of_else(told, 20);
  told.tell("The harbour is old. Ships come.");
  memory::EpisodeRow row;
  row.text = " The silver key is here.";
  row.begins_at = 21;
  row.part = 1;
  told.tell(row);
  const auto found = recall(told, "silver key", 1, {}, without_links());
  REQUIRE(found.size() == 1);
  CHECK(found[0].episode == 21);
  const auto passage = reasoning::passage_of(told.graph, told.life, told.index, "silver key", found[0]);
  CHECK(passage.text == "The harbour is old. Ships come. The silver key is here.");
  CHECK(passage.coverage == found[0].coverage);
  CHECK(passage.coverage > 0.5);
}

TEST_CASE("an input of several pieces is recalled once, by its best piece; questions are not recalled") {
  ToldGraph told;
  tell_of_else(told, 20);
  memory::EpisodeRow row;
  row.text = "a zebra ";
  told.tell(row);
  row.begins_at = 21;
  row.part = 1;
  row.text = "and a yak, a zebra, a yak";
  told.tell(row);
  memory::EpisodeRow question;
  question.text = "where is the yak, the zebra?";
  question.kind = reasoning::kAsked;
  told.tell(question);
  const auto found = recall(told, "zebra yak");
  REQUIRE(found.size() == 1);
  CHECK(found[0].episode == 21);
  CHECK(found[0].coverage == Approx(1));
}

TEST_CASE("what was withdrawn is not recalled until the withdrawal is undone") {
  const Folder folder;
  reasoning::Mind mind(new_life(folder.path / "life"), {});
  perceive(mind, small_world(1, 30));
  perceive(mind, {"the zebra sleeps", "a zebra eats", "the zebra sleeps"});
  const auto withdrawal = mind.withdraw(33);
  const auto found = mind.recall("zebra sleeps", 10);
  REQUIRE(found.size() >= 2);
  CHECK(found[0].episode == 31);  // it was told before, too
  CHECK(found[0].times == 1);
  CHECK(found[1].episode == 32);
  mind.withdraw(31);
  CHECK(mind.recall("zebra sleeps", 10).front().episode == 32);
  mind.undo(withdrawal);
  CHECK(mind.recall("zebra sleeps", 10).front().episode == 33);
}

TEST_CASE("what the graph let go of takes part by the lexical index, and a later telling stands for it") {
  ToldGraph told;
  told.tell("the zebra is here", 10);
  told.tell("one zebra went away", 20);
  tell_of_else(told, 20);
  told.tell("the zebra is here", 30);
  told.forget(5);
  const auto found = recall(told, "zebra");
  CHECK(texts_of(told, found) == std::vector<std::string>{"the zebra is here", "one zebra went away"});
  CHECK(found[0].episode == 23);
  CHECK(found[1].times == 1);
  CHECK(found[1].last == 20);
  CHECK(recall(told, "zebra", 10, {.since = 25}).size() == 1);
  told.forget(told.graph.stream().episodes());
  CHECK(recall(told, "zebra").size() == 2);
}

TEST_CASE("what is recalled depends on what was told, not on what was recalled or asked between") {
  base::Rng rng(4);
  ToldGraph told;
  for (int step = 0; step < 5; ++step) {
    told.tell_at_random(rng, 25);
    for (const char* cue : {"a b", "c 道", "e d . a"}) {
      const auto found = recall(told, cue);
      reasoning::RecallIndex anew;
      const auto expected = reasoning::recall(told.graph, told.life, anew, cue, 10);
      REQUIRE(found.size() == expected.size());
      for (std::size_t i = 0; i < found.size(); ++i) {
        CHECK(found[i].episode == expected[i].episode);
        CHECK(found[i].score == expected[i].score);
        CHECK(found[i].via == expected[i].via);
        CHECK(found[i].times == expected[i].times);
      }
    }
    if (step == 2) told.forget(40);
  }
  const auto before = recall(told, "a b 山");
  memory::EpisodeRow question;
  question.text = "a b 山 which nobody told?";
  question.kind = reasoning::kAsked;
  told.tell(question);
  const auto after = recall(told, "a b 山");
  REQUIRE(after.size() == before.size());
  for (std::size_t i = 0; i < after.size(); ++i) {
    CHECK(after[i].episode == before[i].episode);
    CHECK(after[i].score == before[i].score);
  }
}
