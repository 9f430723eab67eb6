#include "reasoning/core.h"

#include <catch2/catch.hpp>

#include "tests/reasoning/lives.h"

using namespace noema;
using namespace noema::tests;
using reasoning::Core;

namespace {

constexpr std::size_t kWidth = 16;

}  // namespace

TEST_CASE("taking in a line is predicting it and then attaching it") {
  const auto model = small_model();
  reasoning::Reader reader(model), same(model);
  Core one(kWidth), two(kWidth);
  for (const std::string& text : small_world(1, 30)) {
    const auto bits = one.experience(reader.read(text));
    const auto line = same.read(text);
    CHECK(bits == two.predict(line));
    CHECK(bits.size() == line.size());
    two.attach(line);
  }
  CHECK(one.graph().hash() == two.graph().hash());
}

TEST_CASE("the units are logged before the graph has the episode, and nothing is attached if that fails") {
  const auto model = small_model();
  reasoning::Reader reader(model);
  Core core(kWidth);
  const auto line = reader.split("red fox red");
  std::vector<concepts::ConceptId> logged;
  const auto units = core.attach(line, [&](const std::vector<concepts::ConceptId>& attached) {
    logged = attached;
    CHECK(core.graph().stream().episodes() == 0);
  });
  CHECK(units == logged);
  CHECK(units.size() == 3);
  CHECK(units[0] == units[2]);
  CHECK(core.graph().stream().episodes() == 1);
  CHECK_THROWS(core.attach(line, [](const auto&) { throw std::runtime_error("full disk"); }));
  CHECK(core.graph().stream().episodes() == 1);
}

TEST_CASE("a core without a graph predicts, and neither attaches nor thinks") {
  const auto model = small_model();
  reasoning::Reader reader(model);
  reasoning::CoreOptions options;
  options.graph = false;
  Core core(kWidth, options);
  bool logged = false;
  CHECK(core.predict(reader.read("red fox")).size() == 3);
  CHECK(core.attach(reader.split("red fox"), [&](const auto& units) { logged = units.empty(); }).empty());
  CHECK(logged);
  CHECK(core.graph().stream().episodes() == 0);
  CHECK(core.think(100, [](const reasoning::Thought&) { return 1; }).examined == 0);
  core.keep([](const reasoning::Thought&) { return 1; });
  CHECK_FALSE(core.has_graph());
}

TEST_CASE("practice goes on only with the copy that it began from") {
  const auto model = small_model();
  Core core(kWidth);
  const transformer::PredictiveCopy practised(model);
  const std::uint64_t generation = core.generation();
  int logged = 0;
  CHECK(core.commit(practised, generation, [&] { ++logged; }));
  REQUIRE(core.copy() != nullptr);
  CHECK(core.copy()->hash() == practised.hash());
  CHECK_FALSE(core.commit(practised, generation, [&] { ++logged; }));
  CHECK(logged == 1);
  core.adopt(nullptr, false);
  CHECK(core.copy() == nullptr);
  CHECK(core.generation() > generation + 1);
}

TEST_CASE("a core that remembers its lines lets go of the oldest within its budget, without a life") {
  const auto model = small_model();
  reasoning::Reader reader(model);
  Core core(kWidth);
  reasoning::Budget budget;
  budget.max_concepts = 20;
  core.set_budget(budget, {}, true);
  std::uint64_t thoughts = 0;
  const reasoning::Journal journal = [&](const reasoning::Thought&) { return ++thoughts; };
  for (int i = 0; i < 60; ++i) {
    core.attach(reader.split("word" + std::to_string(i) + " of many"));
    core.keep(journal);
    REQUIRE(core.graph().concepts() <= 20);
  }
  CHECK(thoughts > 0);
  CHECK(core.graph().stream().first_episode() > 30);
  CHECK_FALSE(core.graph().find("word0"));
  CHECK(core.graph().find("word59"));
  CHECK_FALSE(first_difference(core.graph()));
}
