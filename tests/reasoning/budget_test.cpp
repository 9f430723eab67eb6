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
      CHECK_FALSE(first_difference(mind.view().graph()));
      const auto life = memory::Life::open(path, memory::Access::kRead);
      CHECK(life.check().empty());
      const auto replayed = reasoning::replay(life, true);
      INFO(replayed.first_difference);
      CHECK(replayed.differences == 0);
      CHECK(replayed.graph.hash() == mind.view().graph().hash());
      const Mind reopened(memory::Life::open(path, memory::Access::kRead), {});
      CHECK(reopened.view().graph().hash() == mind.view().graph().hash());
      CHECK(reopened.view().graph().bytes() == mind.view().graph().bytes());
      CHECK_FALSE(first_difference(reopened.view().graph()));
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
  const auto row = mind.view().life().thoughts().find(last);
  CHECK(row->kind == "let_go");
  CHECK(row->gain_bits == 0);
  CHECK_THAT(row->reason, Catch::Contains("inputs"));
  CHECK_FALSE(row->evidence.empty());
  CHECK_THROWS_WITH(mind.undo(1), Catch::Contains("stands on it"));
  const auto first = mind.view().graph().stream().first_episode();
  mind.undo(last);
  CHECK(mind.view().graph().stream().first_episode() < first);
  CHECK_FALSE(first_difference(mind.view().graph()));
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
  CHECK(graph.nodes().protected_nodes() <= 80 / 16);
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

TEST_CASE("a mind that predicts within few bytes keeps what recurs, however many words pass") {
  const Folder folder;
  const auto lines = passing_world(2, 1200);
  for (const std::int64_t max_bytes : {98304, 200000}) {
    INFO(max_bytes);
    Mind mind(life_within(folder.path / std::to_string(max_bytes), 0, max_bytes), {});
    for (std::size_t i = 0; i < lines.size(); ++i) {
      mind.perceive(input_of(lines[i] + " stranger" + std::to_string(i) + " left", i));
      REQUIRE(mind.state_bytes() <= static_cast<std::uint64_t>(max_bytes));
    }
    const auto view = mind.view();
    CHECK(view.graph().concepts() > 40);
    for (const char* word : {"the", "called", "left", "."}) CHECK(view.graph().find(word));
  }
}

TEST_CASE("a budget below what an empty mind needs is refused, with what it needs") {
  CHECK_THROWS_WITH(reasoning::budget_of(0, 1000, 64), Catch::Contains("needs"));
  CHECK_NOTHROW(reasoning::budget_of(0, 0, 64));
}

namespace {

/// The smallest --max-bytes that `noema new` takes for a model of this width.
std::int64_t least_bytes(std::size_t width) {
  const auto takes = [&](std::int64_t bytes) {
    try {
      reasoning::budget_of(0, bytes, width);
    } catch (const base::UsageError&) {
      return false;
    }
    return true;
  };
  std::int64_t refused = 1, taken = 1 << 30;
  while (taken - refused > 1) {
    const std::int64_t middle = (refused + taken) / 2;
    (takes(middle) ? taken : refused) = middle;
  }
  return taken;
}

/// A short line about numbers of which most come once: "the dog number 17 likes the cat 23 .", read without a model.
std::vector<reasoning::UnitReading> line_about_numbers(base::Rng& rng, int line) {
  const std::vector<std::string> animals{"dog", "cat", "fox", "hen"}, does{"likes", "sees", "follows"};
  const auto number = [&] { return std::to_string(rng.below(static_cast<std::uint64_t>(line) + 10)); };
  std::vector<reasoning::UnitReading> units;
  for (const std::string& word :
       {std::string("the"), animals[rng.below(4)], std::string("number"), number(), does[rng.below(3)],
        std::string("the"), animals[rng.below(4)], number(), std::string(".")}) {
    auto& unit = units.emplace_back();
    unit.surface = " " + word;
    unit.identity = word;
  }
  units.emplace_back().surface = "\n";
  return units;
}

}  // namespace

TEST_CASE("a life that forgets most of what it reads levels off within its bytes, and keeps what recurs") {
  constexpr std::size_t kWidth = 16;
  const std::int64_t least = least_bytes(kWidth);
  for (const std::int64_t max_bytes : {std::int64_t{400000}, least}) {
    INFO("--max-bytes " << max_bytes);
    reasoning::Core core(kWidth);
    const reasoning::Budget budget = reasoning::budget_of(0, max_bytes, kWidth);
    core.set_budget(budget, {}, true);
    base::Rng rng(5);
    std::uint64_t numbers = 0;
    const auto journal = [&](const reasoning::Thought&) { return ++numbers; };
    std::vector<std::size_t> concepts;
    std::vector<std::uint64_t> held;
    const auto& graph = core.graph();
    for (int i = 0; i < 24000; ++i) {
      core.attach(line_about_numbers(rng, i));
      core.keep(journal);
      REQUIRE(budget.bytes(graph) <= budget.max_bytes);
      if ((i + 1) % 8000 != 0) continue;
      concepts.push_back(graph.concepts());
      held.push_back(held_bytes(graph));
    }
    CHECK(graph.size() > 20000);  // ids were given to far more than is there
    for (const char* word : {"the", "dog", "number", "likes", "."}) CHECK(graph.find(word));
    CHECK(graph.stream().attached_episodes() > 10);
    for (const std::size_t count : concepts) CHECK(count > 40);
    CHECK(static_cast<double>(concepts.back()) > 0.8 * static_cast<double>(concepts.front()));
    CHECK(static_cast<double>(held.back()) < 1.1 * static_cast<double>(held.front()));
    CHECK_FALSE(first_difference(graph));
  }
}
