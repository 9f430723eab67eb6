#include "reasoning/knowledge.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "reasoning/taught.h"
#include "tests/reasoning/knowing.h"

using namespace noema;
using namespace noema::tests;
using reasoning::Knowledge;
using reasoning::Mind;

TEST_CASE("what was told is answered by facts once thinking found how it is told and teaching how it is asked for") {
  const Folder folder;
  ToldWorld world(1, 240);
  world.teach(16);
  Mind mind(new_life(folder.path / "life"), quick());
  perceive_all(mind, world.inputs);
  const std::string fresh = "qo dorv " + world.names[100] + " ?";
  CHECK(mind.answer(fresh, false).chain.empty());  // nobody thought yet
  CHECK(mind.think_of_facts() > 400);
  std::size_t right = 0, asked = 0, chained = 0;
  for (std::size_t i = 0; i < world.names.size(); i += 3) {
    const std::string& name = world.names[i];
    const auto answer = mind.answer("qo dorv " + name + " ?", false);
    ++asked;
    right += answer.answer == world.place[name];
    if (!world.keeper.contains(name)) continue;
    const auto two = mind.answer("qo dorv li hib na " + name + " ?", false);
    ++asked;
    right += two.answer == world.place[world.keeper[name]];
    chained += two.chain.size() == 2;
  }
  CHECK(right >= asked * 95 / 100);
  CHECK(chained > 20);
  CHECK_FALSE(mind.answer("qo dorv mekunknown ?", false).answer);
}

TEST_CASE("the newest fact answers at once, also before anybody thought again, and the older one is dated") {
  Knowing life(2);
  const Mover mover(life.world);
  const std::string &name = mover.name, &question = mover.question, &before = mover.before, &after = mover.after;
  CHECK(life.answer(question) == before);
  life.tell(mover.moved());
  CHECK(life.answer(question) == after);
  const auto view = life.mind.view();
  const auto facts = Knowledge::of(view.life()).facts(view.life(), name);
  REQUIRE(facts.size() >= 2);
  const auto last = std::find_if(facts.begin(), facts.end(), [&](const auto& fact) { return fact.value == after; });
  REQUIRE(last != facts.end());
  CHECK_FALSE(last->until);
  CHECK_THAT(last->says, Catch::Contains(name) && Catch::Contains(after) && !Catch::Contains("_"));
  REQUIRE(last != facts.begin());
  CHECK(std::prev(last)->value == before);
  CHECK(std::prev(last)->until);
}

TEST_CASE("what is found depends on the inputs' order alone, not on when it was thought about") {
  const Folder folder;
  const ToldWorld world(3, 150);
  std::string states[2];
  for (const bool often : {false, true}) {
    Mind mind(new_life(folder.path / (often ? "often" : "once")), quick());
    for (std::size_t i = 0; i < world.inputs.size(); i += often ? 37 : world.inputs.size()) {
      perceive_all(mind, world.inputs, i, often ? i + 37 : world.inputs.size());
      mind.think_of_facts();
    }
    const auto view = mind.view();
    for (const auto& relation : Knowledge::of(view.life()).relations()) {
      auto templates = relation.templates;
      std::sort(templates.begin(), templates.end());
      for (const auto& one : templates) states[often] += one + "\n";
      states[often] += std::to_string(relation.told) + "\n\n";
    }
  }
  CHECK_FALSE(states[0].empty());
  CHECK(states[0] == states[1]);
}

TEST_CASE("a life that was asked before it goes on thinking finds what it would have found") {
  const Folder folder;
  const ToldWorld world(3, 150);
  std::vector<std::vector<std::string>> found[2];
  for (const bool is_asked : {false, true})
    for (const bool has_tail : {false, true}) {
      const auto path = folder.path / (std::to_string(is_asked) + std::to_string(has_tail));
      const std::size_t half = world.inputs.size() / 2, some = half + (has_tail ? 20 : 0);
      {
        Mind mind(new_life(path), quick());
        perceive_all(mind, world.inputs, 0, half);
        mind.think_of_facts();
        perceive_all(mind, world.inputs, half, some);
        mind.commit();
      }
      Mind mind(memory::Life::open(path, memory::Access::kWrite), quick());
      CHECK(Knowledge::of(mind.view().life()).has_news() == has_tail);
      if (is_asked) mind.answer("who is " + world.names.front() + " ?", false);
      perceive_all(mind, world.inputs, some, world.inputs.size());
      mind.think_of_facts();
      for (const auto& relation : Knowledge::of(mind.view().life()).relations())
        found[is_asked].push_back(relation.templates);
    }
  CHECK_FALSE(found[0].empty());
  CHECK(found[0] == found[1]);
}

TEST_CASE("what was withdrawn before a life was opened and asked leaves its rows of facts") {
  const Folder folder;
  const ToldWorld world(3, 150);
  const auto path = folder.path / "life";
  const auto rows_of_first = [&] {
    memory::Database database(path, memory::OpenMode::kReadOnly, 1);
    return database.integer("SELECT count(*) FROM fact WHERE since_episode = 1");
  };
  {
    Mind mind(new_life(path), quick());
    perceive_all(mind, world.inputs);
    mind.think_of_facts();
  }
  REQUIRE(rows_of_first() > 0);
  { Mind(memory::Life::open(path, memory::Access::kWrite), quick()).withdraw(1); }
  Mind mind(memory::Life::open(path, memory::Access::kWrite), quick());
  mind.answer("who is " + world.names.front() + " ?", false);
  mind.think_of_facts();
  CHECK(rows_of_first() == 0);
}

TEST_CASE("thinking that is stopped goes on where it was") {
  const Folder folder;
  const ToldWorld world(4, 100);
  Mind mind(new_life(folder.path / "life"), quick());
  perceive_all(mind, world.inputs);
  std::size_t left = 60;
  CHECK(mind.think_of_facts([&] { return left-- > 0; }) <= 60);
  CHECK(mind.think_of_facts() >= world.inputs.size() - 60);
  CHECK(mind.think_of_facts() == 0);
}

TEST_CASE("a state that is damaged is refused, and a life with a byte budget keeps no facts") {
  const Folder folder;
  {
    memory::Life life = new_life(folder.path / "life");
    life.set_state("knowledge", "\xff\x00nonsense");
    life.commit();
    CHECK_THROWS_WITH(Knowledge::of(life), Catch::Contains("what the life knows cannot be read"));
  }
  const auto model = small_model();
  memory::CreateOptions options;
  options.model_bytes = model.serialize();
  options.model_hash = model.hash();
  options.max_bytes = 4000000;
  Mind mind(memory::Life::create(folder.path / "small", options), quick());
  perceive_all(mind, ToldWorld(5, 20).inputs);
  CHECK(mind.think_of_facts() == 0);
}

TEST_CASE("what was known at a moment is answered as of then") {
  Knowing life(2);
  Mind& mind = life.mind;
  const Mover mover(life.world);
  const std::string &question = mover.question, &before = mover.before, &after = mover.after;
  const memory::EpisodeId told = life.tell(mover.moved());
  CHECK(mind.answer(question, false).answer == after);
  CHECK(mind.answer(question, false, reasoning::AsOf{{}, told - 1}).answer == before);
  CHECK(mind.answer(question, false, reasoning::AsOf{{}, told}).answer == after);
  CHECK_FALSE(mind.answer(question, false, reasoning::AsOf{0.0, {}}).answer);
  // Taken back: the value before is true again; then nothing is left.
  const memory::ThoughtId thought = mind.withdraw(told);
  CHECK(mind.answer(question, false).answer == before);
  mind.undo(thought);
  CHECK(mind.answer(question, false).answer == after);
}

TEST_CASE("a value that was withdrawn is no longer known, which is something else than never told") {
  Knowing life(5);
  const ToldWorld& world = life.world;
  Mind& mind = life.mind;
  const memory::EpisodeId told = life.tell("mekzumizu dorv ul " + world.places[3] + " .");
  CHECK(mind.answer("qo dorv mekzumizu ?", false).answer == world.places[3]);
  mind.withdraw(told);
  const auto gone = mind.answer("qo dorv mekzumizu ?", false);
  CHECK_FALSE(gone.answer);
  CHECK(gone.gone_since);
  CHECK_FALSE(mind.answer("qo dorv mekunknown ?", false).gone_since);
}

TEST_CASE("an answer that is called wrong is not given again, and one that is confirmed is taught") {
  Knowing life(2);
  ToldWorld& world = life.world;
  Mind& mind = life.mind;
  const std::string question = "qo dorv " + world.names[90] + " ?";
  const auto judged = mind.judge(question, false);
  CHECK(judged.answer == world.place[world.names[90]]);
  CHECK_FALSE(mind.answer(question, false).answer);
  CHECK_THROWS_WITH(mind.judge(question, true), Catch::Contains("no answer"));
  const std::string other = "qo dorv " + world.names[91] + " ?";
  CHECK(mind.judge(other, true).answer == world.place[world.names[91]]);
  CHECK(mind.answer(other, false).taught);
}

TEST_CASE("two names of whom the same is told become one concept, which can be taken back") {
  const Folder folder;
  Mind mind(new_life(folder.path / "life"), quick());
  std::vector<reasoning::Input> inputs;
  const auto tell = [&](const std::string& text) {
    inputs.push_back({});
    inputs.back().text = text;
  };
  for (int person = 0; person < 40; ++person) {
    const std::string name = "mek" + std::to_string(person) + "a", home = "tol" + std::to_string(person),
                      tool = "zub" + std::to_string(person);
    for (const std::string& who : {name, person % 4 == 0 ? "ran" + std::to_string(person) + "o" : name}) {
      tell(who + " dorv ul " + home + " .");
      tell("na " + tool + " gesk fi " + who + " .");
      tell(who + " hib na vor " + home + " wi .");
    }
  }
  perceive_all(mind, inputs);
  mind.think_of_facts();
  const auto concept_of = [&](const std::string& name) {
    const auto view = mind.view();
    return view.graph().concept_of(view.graph().find(name).value());
  };
  std::size_t merged = 0, wrong = 0;
  for (int person = 0; person < 40; person += 4)
    merged += concept_of("mek" + std::to_string(person) + "a") == concept_of("ran" + std::to_string(person) + "o");
  for (int person = 1; person < 40; ++person)
    wrong += concept_of("mek0a") == concept_of("mek" + std::to_string(person) + "a");
  CHECK(merged >= 9);
  CHECK(wrong == 0);
  CHECK(mind.thinking().by_kind.at("merge") == merged);
  const auto thought = mind.view().life().thoughts().next_of_kind("merge", 0);
  REQUIRE(thought);
  CHECK(mind.view().life().thoughts().find(*thought)->evidence.size() >= 4);
  mind.undo(*thought);
  std::size_t left = 0;
  for (int person = 0; person < 40; person += 4)
    left += concept_of("mek" + std::to_string(person) + "a") == concept_of("ran" + std::to_string(person) + "o");
  CHECK(left == merged - 1);
}

TEST_CASE("a taught question that was withdrawn teaches again when this is undone") {
  const Folder folder;
  ToldWorld world(2, 240);
  Mind mind(new_life(folder.path / "life"), quick());
  perceive_all(mind, world.inputs);
  reasoning::Input lesson;
  lesson.text = "qo dorv " + world.names[7] + " ?";
  lesson.kind = reasoning::kTaught;
  lesson.answer = world.place[world.names[7]];
  lesson.source = "lessons";
  const memory::EpisodeId taught = mind.perceive(lesson).episode;
  mind.commit();
  mind.think_of_facts();
  const auto is_known = [&] { return mind.answer(lesson.text, false).answer == lesson.answer; };
  const auto understands = [&] {
    const auto view = mind.view();
    return Knowledge::of(view.life()).understands_questions();
  };
  CHECK(is_known());
  CHECK(understands());
  const memory::ThoughtId thought = mind.withdraw(taught);
  CHECK_FALSE(understands());
  CHECK_FALSE(mind.answer(lesson.text, false).taught);
  mind.undo(thought);
  CHECK(is_known());
  CHECK(understands());
}

TEST_CASE("a question about a group is answered from its scene, and not by what was taught in another") {
  const Folder folder;
  Mind mind(new_life(folder.path / "life"), quick());
  base::Rng rng(3);
  const std::vector<std::string> people{"mek", "tiv", "sul"}, places{"dorla", "kefa", "binu", "ropo"};
  const auto tell = [&](const std::string& group, const std::string& text, std::optional<std::string> answer = {}) {
    reasoning::Input input;
    input.text = text;
    input.group = group;
    if (answer) {
      input.kind = reasoning::kTaught;
      input.answer = std::move(answer);
      input.source = "lessons";
    }
    mind.perceive(input);
  };
  for (int story = 0; story < 60; ++story) {
    const std::string group = "story " + std::to_string(story);
    std::map<std::string, std::string> where;
    for (int i = 0; i < 4; ++i) {
      const std::string& who = people[rng.below(people.size())];
      where[who] = places[rng.below(places.size())];
      tell(group, who + (rng.below(2) == 0 ? " gesk" : " rast") + " ul " + where[who] + " .");
      tell(group, "qo dorv " + who + " ?", where[who]);
    }
  }
  tell("tale", "tiv rast ul kefa .");
  tell("tale", "mek gesk ul ropo .");
  tell("other", "tiv rast ul binu .");
  mind.commit();
  mind.think_of_facts();
  const auto ask = [&](const std::string& group, const std::string& who) {
    return mind.answer("qo dorv " + who + " ?", false, {}, {.group = group});
  };
  const auto tiv = ask("tale", "tiv");
  CHECK(tiv.answer == "kefa");
  CHECK_FALSE(tiv.taught);
  REQUIRE(tiv.chain.size() == 1);
  CHECK(mind.view().life().episodes().find(tiv.chain[0])->text == "tiv rast ul kefa .");
  CHECK(ask("tale", "mek").answer == "ropo");
  CHECK(ask("other", "tiv").answer == "binu");
  CHECK_FALSE(ask("tale", "sul").answer);
  CHECK_FALSE(ask("nowhere", "tiv").answer);
}

TEST_CASE("a form of question that was only taught as never told is answered by what is told in its words") {
  const Folder folder;
  ToldWorld world(1, 240);
  world.teach(16);
  std::vector<reasoning::Input> inputs = world.inputs;
  const auto teach = [&](const std::string& question, std::optional<std::string> answer) {
    inputs.emplace_back();
    inputs.back().text = question;
    inputs.back().kind = reasoning::kTaught;
    inputs.back().answer = std::move(answer);
    inputs.back().source = "lessons";
  };
  std::vector<std::string> kept, alone;
  for (const std::string& name : world.names) (world.keeper.contains(name) ? kept : alone).push_back(name);
  for (std::size_t i = 0; i < 8; ++i) {  // two more forms, in the words of what is told
    teach("dorv " + world.names[5 * i] + " qo ?", world.place[world.names[5 * i]]);
    teach("hib " + kept[i] + " wem ?", world.keeper[kept[i]]);
  }
  for (std::size_t i = 0; i < 3; ++i) teach("lim zul na " + alone[i] + " ?", std::nullopt);
  Mind mind(new_life(folder.path / "life"), quick());
  perceive_all(mind, inputs);
  mind.think_of_facts();
  std::size_t right = 0;
  for (std::size_t i = 20; i < 60; ++i)
    right += mind.answer("lim zul na " + kept[i] + " ?", false).answer == world.keeper[kept[i]];
  CHECK(right >= 38);
  for (std::size_t i = 20; i < 60; ++i) CHECK_FALSE(mind.answer("lim zul na " + alone[i] + " ?", false).answer);
}
