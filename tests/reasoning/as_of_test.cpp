#include "reasoning/as_of.h"

#include <catch2/catch.hpp>

#include "base/stop.h"
#include "reasoning/knowledge.h"
#include "tests/reasoning/lives.h"

using namespace noema;
using namespace noema::tests;
using reasoning::Mind;

namespace {

memory::Life to_read(const std::filesystem::path& path) { return memory::Life::open(path, memory::Access::kRead); }

/// The hash of the life as it was, opened as any life.
std::string hash_as_of(const memory::Life& life, memory::Position until, const std::filesystem::path& target) {
  { reasoning::life_as_of(life, until, target); }
  const Mind mind(to_read(target));
  CHECK(mind.view().life().last_position() == until);
  CHECK(mind.view().life().check().empty());
  return mind.view().graph().hash();
}

struct Lived {
  Folder folder;
  std::filesystem::path path = folder.path / "a.life";
  std::vector<std::pair<memory::Position, std::string>> hashes;  ///< where it stood, and with which graph

  void live(Mind& mind) {
    mind.commit();
    hashes.emplace_back(mind.view().life().last_position(), mind.view().graph().hash());
  }
  void check_each() {
    const auto life = to_read(path);
    int number = 0;
    for (const auto& [position, hash] : hashes)
      CHECK(hash_as_of(life, position, folder.path / std::to_string(++number)) == hash);
  }
};

}  // namespace

TEST_CASE("a life as it was at each position has the graph that it had there: inputs, thoughts and what was undone") {
  Lived lived;
  {
    Mind mind(new_life(lived.path), quick());
    lived.live(mind);
    const auto lines = small_world(2, 90);
    for (std::size_t i = 0; i < lines.size(); i += 15) {
      perceive(mind, lines, i, i + 15);
      lived.live(mind);
      mind.think(300);
      lived.live(mind);
    }
    REQUIRE(thoughts_of(mind) > 2);
    mind.undo(thoughts_of(mind));
    lived.live(mind);
    mind.withdraw(3);
    lived.live(mind);
    perceive(mind, lines, 0, 5);
    lived.live(mind);
  }
  lived.check_each();
}

TEST_CASE("a life with a budget is as it was too, before and after it let go of inputs") {
  Lived lived;
  const auto model = small_model();
  memory::CreateOptions options;
  options.model_bytes = model.serialize();
  options.model_hash = model.hash();
  options.max_concepts = 64;
  {
    Mind mind(memory::Life::create(lived.path, options), quick());
    std::vector<std::string> lines;
    for (int i = 0; i < 120; ++i) lines.push_back("word" + std::to_string(i) + " follows word" + std::to_string(i / 2));
    for (std::size_t i = 0; i < lines.size(); i += 40) {
      perceive(mind, lines, i, i + 40);
      mind.think(50);
      lived.live(mind);
    }
    CHECK(mind.view().graph().stream().first_episode() > 0);
  }
  lived.check_each();
}

TEST_CASE("a moment is the last input by then, and what was thought after it and before the next one") {
  const Folder folder;
  base::ManualClock clock(5000);
  auto options = quick();
  options.clock = &clock;
  Mind mind(new_life(folder.path / "life"), options);
  const auto lines = small_world(2, 60);
  perceive(mind, lines, 0, 40);  // at 1000 to 1039
  REQUIRE(mind.think(5000).thoughts > 0);
  mind.commit();
  const memory::Position thought = mind.view().life().last_position();
  perceive(mind, lines, 40, 60);  // at 1040 to 1059
  const auto view = mind.view();
  const auto at = [&](const reasoning::AsOf& when) { return position_as_of(view.life(), when); };
  CHECK(at({}) == view.life().last_position());
  CHECK(at({.input = 1}) == 1);
  CHECK(at({.input = 40}) == thought);
  CHECK(at({.input = 41}) == thought + 1);
  CHECK(at({.input = 60}) == view.life().last_position());
  CHECK(at({.time = 999.0}) == 0);
  CHECK(at({.time = 1000.0}) == 1);
  CHECK(at({.time = 1039.5}) == 40);  // its thoughts were had at 5000
  CHECK(at({.time = 1040.0}) == thought + 1);
  CHECK(at({.time = 9e9}) == view.life().last_position());
}

TEST_CASE("what is known then is what a life knows that was told only so far") {
  const Folder folder;
  const std::vector<std::string> people{"Ann", "Bob", "Cleo", "Dan", "Eve", "Finn"}, towns{"Oslo", "Lima", "Cork"};
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < 6; ++i) lines.push_back(people[i] + " lives in " + towns[i % 3] + " .");
  for (std::size_t i = 0; i < 6; i += 2) lines.push_back(people[i] + " lives in " + towns[(i + 1) % 3] + " .");
  const auto known = [&](const std::string& name, std::size_t told) {
    Mind mind(new_life(folder.path / name), quick());
    perceive(mind, lines, 0, told);
    mind.think_of_facts();
    mind.checkpoint();
  };
  known("whole", lines.size());
  known("part", 7);
  { reasoning::life_as_of(to_read(folder.path / "whole"), 7, folder.path / "past"); }
  const auto facts = [&](const std::string& name) {
    std::vector<std::string> all;
    for (const auto& row : reasoning::Knowledge::stored_in(to_read(folder.path / name)).fact_rows())
      all.push_back(row.subject + "|" + row.relation + "|" + row.value + "|" + std::to_string(row.until));
    return all;
  };
  CHECK(facts("past") == facts("part"));
  CHECK(facts("past").size() < facts("whole").size());
}

TEST_CASE("replaying tells how far it is and ends when it is asked to") {
  const Folder folder;
  {
    Mind mind(new_life(folder.path / "life"), quick());
    perceive(mind, small_world(2, 60));
  }
  const auto life = to_read(folder.path / "life");
  std::stop_source stop;
  double last = 0;
  const reasoning::ReplayEvents events{[&](double share) {
                                         last = share;
                                         if (share >= 0.5) stop.request_stop();
                                       },
                                       stop.get_token()};
  CHECK_THROWS_AS(reasoning::life_as_of(life, 60, folder.path / "past", events), base::Interrupted);
  CHECK(last == 0.5);
}
