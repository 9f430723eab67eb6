#include "reasoning/budget.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "reasoning/checkpoint.h"
#include "reasoning/replay.h"
#include "reasoning/score.h"
#include "tests/reasoning/lives.h"

using namespace noema;
using namespace noema::tests;
using reasoning::Mind;

namespace {

memory::Life life_within(const std::filesystem::path& path, std::int64_t max_concepts, std::int64_t max_bytes) {
  const auto model = small_model();
  memory::CreateOptions options;
  options.model_bytes = model.serialize();
  options.model_hash = model.hash();
  options.max_concepts = max_concepts;
  options.max_bytes = max_bytes;
  return memory::Life::create(path, options);
}

/// A small world in which words come that are soon gone again.
std::vector<std::string> passing_world(std::uint64_t seed, std::size_t lines) {
  std::vector<std::string> text = small_world(seed, lines);
  for (std::size_t i = 0; i < lines; ++i) text[i] += " guest" + std::to_string(i / 3) + " called";
  return text;
}

reasoning::Input input_of(const std::string& text, std::size_t i) {
  reasoning::Input input;
  input.text = text;
  input.time = 1000.0 + static_cast<double>(i);
  return input;
}

struct Limits {
  std::int64_t concepts, bytes;
};

}  // namespace

TEST_CASE("a life keeps to its budget after every input, whether it thinks or not") {
  const Folder folder;
  const auto lines = passing_world(1, 700);
  int number = 0;
  for (const Limits limits : {Limits{60, 0}, Limits{0, 300000}, Limits{90, 330000}})
    for (const std::uint64_t proposals : {0, 6}) {
      const auto path = folder.path / std::to_string(number++);
      Mind mind(life_within(path, limits.concepts, limits.bytes), {});
      mind.think_after_inputs(proposals);
      for (std::size_t i = 0; i < lines.size(); ++i) {
        mind.perceive(input_of(lines[i], i));
        if (limits.bytes > 0) REQUIRE(mind.state_bytes() <= static_cast<std::uint64_t>(limits.bytes));
        if (limits.concepts > 0) REQUIRE(mind.view().graph().concepts() <= static_cast<std::size_t>(limits.concepts));
      }
      mind.checkpoint();
      CHECK(mind.view().graph().stream().first_episode() > 100);
      CHECK(mind.view().graph().stream().attached_episodes() > 5);
      CHECK_FALSE(mind.view().graph().first_difference());
      const auto life = memory::Life::open(path, memory::Access::kRead);
      CHECK(life.check().empty());
      const auto replayed = reasoning::replay(life, true);
      INFO(replayed.first_difference);
      CHECK(replayed.differences == 0);
      CHECK(replayed.graph.hash() == mind.view().graph().hash());
      const Mind reopened(memory::Life::open(path, memory::Access::kRead), {});
      CHECK(reopened.view().graph().hash() == mind.view().graph().hash());
      CHECK(reopened.view().graph().bytes() == mind.view().graph().bytes());
      CHECK_FALSE(reopened.view().graph().first_difference());
    }
}

TEST_CASE("a life with a budget that is killed and goes on forgets the same") {
  const Folder folder;
  const auto lines = passing_world(2, 500);
  for (const std::uint64_t proposals : {0, 6}) {
    std::string whole;
    {
      Mind mind(life_within(folder.path / "whole", 70, 320000), {});
      mind.think_after_inputs(proposals);
      perceive(mind, lines);
      whole = mind.view().graph().hash();
    }
    {
      Mind mind(life_within(folder.path / "parts", 70, 320000), {});
      mind.think_after_inputs(proposals);
    }
    std::size_t begin = 0;
    for (const std::size_t end : {90, 91, 300, 500}) {  // each ends as by a kill
      Mind mind(memory::Life::open(folder.path / "parts", memory::Access::kWrite), {});
      mind.think_after_inputs(proposals);
      perceive(mind, lines, begin, end);
      begin = end;
      if (end == 300) mind.checkpoint();
    }
    CHECK(Mind(memory::Life::open(folder.path / "parts", memory::Access::kRead), {}).view().graph().hash() == whole);
    std::filesystem::remove_all(folder.path / "whole");
    std::filesystem::remove_all(folder.path / "parts");
  }
}

TEST_CASE("background thoughts and inputs together keep to the budget, and the log gives the same graph") {
  const Folder folder;
  const auto lines = passing_world(3, 900);
  std::string hash;
  {
    Mind mind(life_within(folder.path / "life", 80, 330000), {});
    mind.start_background();
    for (std::size_t begin = 0; begin < lines.size(); begin += 50) {
      perceive(mind, lines, begin, begin + 50);
      CHECK(mind.view().graph().concepts() <= 80);
    }
    mind.stop_background();
    mind.commit();
    hash = mind.view().graph().hash();
  }
  const auto replayed = reasoning::replay(memory::Life::open(folder.path / "life", memory::Access::kRead), true);
  INFO(replayed.first_difference);
  CHECK(replayed.differences == 0);
  CHECK(replayed.graph.hash() == hash);
}

TEST_CASE("the latest forgetting can be taken back, an older one names what stands on it") {
  const Folder folder;
  Mind mind(life_within(folder.path / "life", 60, 0), {});
  const auto lines = passing_world(4, 400);
  perceive(mind, lines);  // without thinking, every thought is a forgetting
  const memory::ThoughtId last = thoughts_of(mind);
  REQUIRE(last > 2);
  const auto row = mind.view().life().thought(last);
  CHECK(row->kind == "let_go");
  CHECK(row->gain_bits == 0);
  CHECK_THAT(row->reason, Catch::Contains("inputs"));
  CHECK_FALSE(row->evidence.empty());
  CHECK_THROWS_WITH(mind.undo(1), Catch::Contains("stands on it"));
  const auto first = mind.view().graph().stream().first_episode();
  mind.undo(last);
  CHECK(mind.view().graph().stream().first_episode() < first);
  CHECK_FALSE(mind.view().graph().first_difference());
  const std::string hash = mind.view().graph().hash();
  mind.checkpoint();
  CHECK(Mind(memory::Life::open(folder.path / "life", memory::Access::kRead), {}).view().graph().hash() == hash);
  CHECK(reasoning::replay(memory::Life::open(folder.path / "life", memory::Access::kRead), true).graph.hash() == hash);
}

TEST_CASE("words that were asked about stay") {
  const Folder folder;
  Mind mind(life_within(folder.path / "life", 80, 0), {});
  const auto lines = passing_world(5, 400);
  perceive(mind, lines, 0, 20);
  mind.answer("who is Rumpelstiltskin?", true);
  perceive(mind, lines, 20);
  const auto& graph = mind.view().graph();  // nothing else changes it meanwhile
  CHECK(graph.stream().first_episode() > 100);
  CHECK(graph.find("rumpelstiltskin"));
  CHECK_FALSE(graph.find("guest2"));
  CHECK(graph.protected_nodes() <= 80 / 16);
}

TEST_CASE("forks that are scored keep to the life's budget") {
  const Folder folder;
  {
    Mind mind(life_within(folder.path / "life", 70, 330000), {});
    perceive(mind, passing_world(6, 200));
    mind.checkpoint();
  }
  const auto life = memory::Life::open(folder.path / "life", memory::Access::kRead);
  reasoning::ScoreOptions options;
  options.arms = {"memory", "noema"};
  const auto score = reasoning::score(life, passing_world(7, 150), options);
  for (const auto& arm : score.arms) {
    CHECK(arm.state.concepts <= 70);
    CHECK(arm.state.state_bytes <= 330000);
  }
}

TEST_CASE("a budget below what an empty mind needs is refused, with what it needs") {
  CHECK_THROWS_WITH(reasoning::budget_of(0, 1000, 64), Catch::Contains("needs"));
  CHECK_NOTHROW(reasoning::budget_of(0, 0, 64));
}
