#include "reasoning/consolidation.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "reasoning/checkpoint.h"
#include "reasoning/replay.h"
#include "reasoning/score.h"
#include "tests/reasoning/lives.h"
#include "tests/transformer/samples.h"

using namespace noema;
using namespace noema::tests;
using reasoning::Mind;
using reasoning::MindOptions;

namespace {

MindOptions practising() {
  MindOptions options;
  options.consolidation.emplace();
  options.consolidation->first_inputs = 64;
  options.consolidation->rehearsal.learning_rate = 3e-3F;
  return options;
}

/// A life that will be given pieces of its own.
memory::Life born(const Folder& folder, const transformer::Model& model, std::int64_t max_concepts = 0) {
  memory::CreateOptions create;
  create.model_bytes = model.serialize();
  create.model_hash = model.hash();
  create.options = nlohmann::json{{reasoning::kFromBirth, "tiny"}}.dump();
  create.max_concepts = max_concepts;
  return memory::Life::create(folder.path / "life", create);
}

Mind open(const Folder& folder, const MindOptions& options = practising()) {
  return Mind(memory::Life::open(folder.path / "life", memory::Access::kWrite), options);
}

void make(const Folder& folder, std::size_t lines = 96) {
  Mind mind(new_life(folder.path / "life"), practising());
  perceive(mind, small_world(1, lines));
  mind.think(2000);
  mind.checkpoint();
}

}  // namespace

TEST_CASE("practising what is stored makes what was held out shorter, and is a thought that says so") {
  const Folder folder;
  make(folder);
  std::string weights, graph, model;
  {
    Mind mind = open(folder);
    graph = mind.view().graph().hash();
    model = mind.model().hash();
    const std::string before = mind.weights_hash();
    CHECK(before == model);
    REQUIRE(mind.consolidation_due());
    const auto thinking = mind.consolidate(40);
    CHECK(thinking.thoughts == 1);
    CHECK(thinking.rolled_back == 0);
    CHECK(thinking.gain_bits > 0);
    CHECK(thinking.by_kind.at("consolidate") == 1);
    CHECK_FALSE(mind.consolidation_due());
    weights = mind.weights_hash();
    CHECK(weights != before);
    mind.checkpoint();
    const memory::ThoughtId last = thoughts_of(mind);
    const auto row = mind.view().life().thoughts().find(last);
    REQUIRE(row);
    CHECK(row->kind == "consolidate");
    const auto details = nlohmann::json::parse(row->details);
    CHECK(details["steps"] == 40);
    CHECK(details["after_nats"] < details["before_nats"]);
    for (const auto episode : row->evidence) CHECK(episode % 16 != 0);  // every 16th is held out
  }
  Mind mind = open(folder);
  CHECK(mind.weights_hash() == weights);
  CHECK(mind.view().graph().hash() == graph);
  CHECK(mind.model().hash() == model);
  CHECK(mind.view().life().model().hash() == model);
  const auto replayed = reasoning::replay(mind.view().life(), true);
  CHECK(replayed.graph.hash() == graph);
  CHECK(replayed.differences == 0);
}

TEST_CASE("the same life and seed practise to the same weights") {
  std::vector<std::string> hashes;
  for (int i = 0; i < 2; ++i) {
    const Folder folder;
    make(folder);
    Mind mind = open(folder);
    mind.consolidate(10);
    hashes.push_back(mind.weights_hash());
  }
  CHECK(hashes[0] == hashes[1]);
}

TEST_CASE("a practice that makes held-out inputs no shorter is rolled back and counted") {
  const Folder folder;
  make(folder);
  MindOptions options = practising();
  options.consolidation->rehearsal.learning_rate = 10;
  Mind mind = open(folder, options);
  const auto thoughts = thoughts_of(mind);
  const auto thinking = mind.consolidate(5);
  CHECK(thinking.thoughts == 0);
  CHECK(thinking.rolled_back == 1);
  CHECK(mind.thinking().rolled_back == 1);
  CHECK(thoughts_of(mind) == thoughts);
  CHECK(mind.weights_hash() == mind.model().hash());
  CHECK_FALSE(mind.consolidation_due());  // until there is more
}

TEST_CASE("the latest practice can be taken back exactly; an older one is held by the later") {
  const Folder folder;
  make(folder);
  Mind mind = open(folder);
  mind.consolidate(20);
  const auto first = thoughts_of(mind);
  const std::string after_first = mind.weights_hash();
  perceive(mind, small_world(7, 10));
  mind.consolidate(30);
  const auto second = thoughts_of(mind);
  REQUIRE(second == first + 1);
  const std::string graph = mind.view().graph().hash();
  CHECK_THROWS_WITH(mind.undo(first), Catch::Contains("thought:" + std::to_string(second) + " stands on it"));
  mind.undo(second);
  CHECK(mind.weights_hash() == after_first);
  CHECK(mind.view().graph().hash() == graph);
  CHECK_THROWS_AS(mind.undo(second), base::Error);
  CHECK_THROWS_WITH(mind.undo(first), Catch::Contains("cannot be taken back"));
  mind.checkpoint();
  CHECK(Mind(memory::Life::open(folder.path / "life", memory::Access::kRead), {}).weights_hash() == after_first);
}

TEST_CASE("composites join the copy's vocabulary; nothing is practised without inputs or time") {
  const Folder folder;
  make(folder, 200);
  Mind mind = open(folder);
  REQUIRE(mind.view().graph().nodes().joined_nodes() > 0);
  CHECK(mind.consolidate(5, 1e-9).examined == 0);
  CHECK(mind.consolidate(5, 0, [] { return false; }).examined == 0);
  CHECK(mind.view().copy() == nullptr);
  mind.consolidate(40);
  REQUIRE(mind.view().copy() != nullptr);
  CHECK(mind.view().copy()->composites().size() > 0);

  const Folder empty;
  Mind newborn(new_life(empty.path / "life"), practising());
  CHECK(newborn.consolidate(5).examined == 0);
}

TEST_CASE("the background thinker consolidates beside inputs") {
  const Folder folder;
  std::string graph, weights;
  {
    Mind mind(new_life(folder.path / "life"), practising());
    mind.start_background();
    perceive(mind, small_world(1, 150));
    while (mind.consolidation_due()) std::this_thread::yield();
    mind.stop_background();
    mind.checkpoint();
    CHECK(mind.thinking().by_kind.count("consolidate") + mind.thinking().rolled_back > 0);
    graph = mind.view().graph().hash();
    weights = mind.weights_hash();
  }
  Mind mind = open(folder);
  CHECK(mind.view().graph().hash() == graph);
  CHECK(mind.weights_hash() == weights);
}

TEST_CASE("score gives what was consolidated to noema and lesion, and not to memory") {
  const Folder folder;
  make(folder, 250);
  {
    Mind mind = open(folder);
    mind.consolidate(60);
    mind.checkpoint();
  }
  const auto life = memory::Life::open(folder.path / "life", memory::Access::kRead);
  const std::string without_stores = "-cache_sharp-cache_soft-recent_units-lasting_units";
  reasoning::ScoreOptions options;
  options.arms = {"lesion" + without_stores,
                  "lesion-learned_transformer" + without_stores,
                  "memory",
                  "memory-learned_transformer",
                  "noema",
                  "noema-consolidate"};
  const auto score = reasoning::score(life, small_world(2, 40), options);
  CHECK(score.arms[0].bits < score.arms[1].bits);
  CHECK(score.arms[2].bits == score.arms[3].bits);
  CHECK(score.arms[4].bits != score.arms[5].bits);
}

TEST_CASE("a life from birth that reads many characters is given a piece for each of them") {
  const Folder folder;
  const auto model = small_model();
  MindOptions options;
  options.reencode_units = 600;
  Mind mind(born(folder, model), options);
  for (std::uint32_t first = 0x4E00; mind.model().hash() == model.hash(); first += 20) {
    REQUIRE(first < 0x6000);
    std::string line;
    for (std::uint32_t c = first; c < first + 20; ++c) line += transformer::testing::utf8(c) + ' ';
    perceive(mind, {line});
  }
  CHECK(mind.model().tokenizer().kind() == "bpe");
  CHECK(mind.model().tokenizer().size() > 600);
}

TEST_CASE("a life from birth is given pieces of its own once, and learns to predict from its inputs alone") {
  const Folder folder;
  const auto model = small_model();
  MindOptions options;
  options.reencode_units = 600;
  std::string graph, weights, encoder, vectors;
  const auto text = small_world(1, 300);
  {
    Mind mind(born(folder, model), options);
    perceive(mind, text, 0, 40);
    CHECK(mind.model().hash() == model.hash());
    perceive(mind, text, 40);
    CHECK(mind.model().hash() != model.hash());
    CHECK(mind.model().tokenizer().kind() == "bpe");
    CHECK(mind.model().width() == model.width());
    CHECK(mind.weights_hash() == mind.model().hash());
    REQUIRE(mind.consolidation_due());
    CHECK(mind.consolidate(60).thoughts == 1);
    CHECK(mind.consolidation_due());  // as long as it pays
    encoder = mind.model().hash();
    graph = mind.view().graph().hash();
    weights = mind.weights_hash();
    vectors = mind.meaning().coded(1);
    mind.checkpoint();
  }
  const auto life = memory::Life::open(folder.path / "life", memory::Access::kRead);
  CHECK(life.model().hash() == encoder);
  CHECK(life.check().empty());
  CHECK(reasoning::replay(life, true).graph.hash() == graph);
  Mind mind(memory::Life::open(folder.path / "life", memory::Access::kRead), options);
  CHECK(mind.view().graph().hash() == graph);
  CHECK(mind.weights_hash() == weights);
  CHECK(mind.meaning().coded(1) == vectors);
  const std::string without_stores = "-cache_sharp-cache_soft-recent_units-lasting_units";
  reasoning::ScoreOptions score;
  score.arms = {"static", "lesion" + without_stores};
  const auto result = reasoning::score(life, small_world(2, 40), score);
  CHECK(result.arms[1].bits < 0.8 * result.arms[0].bits);
}

TEST_CASE("reading goes on where it was when the copy is practised again and says more composites") {
  const Folder folder;
  make(folder);
  MindOptions options = practising();
  options.consolidation->composites = 4;
  const auto more = small_world(9, 120);
  Mind mind = open(folder, options);
  REQUIRE(mind.consolidate(30).thoughts == 1);
  const int known = mind.view().copy()->composites().size();
  perceive(mind, more, 0, 20);
  mind.think(5000);
  options.consolidation->composites = 64;
  mind.checkpoint();
  for (std::size_t i = 20; i < more.size(); i += 50) {
    mind.consolidate(30);
    perceive(mind, more, i, i + 50);
  }
  CHECK(mind.view().copy()->composites().size() >= known);
}

TEST_CASE("arms that practise while they are scored do so side by side, and the same alone") {
  const Folder folder;
  make(folder, 500);
  const auto life = memory::Life::open(folder.path / "life", memory::Access::kRead);
  const auto text = small_world(2, 60);
  reasoning::ScoreOptions options;
  options.tune_lines = small_world(3, 10);
  options.arms = {"noema", "noema-matches", "noema+dynamic", "lesion"};
  const auto together = reasoning::score(life, text, options);
  CHECK(together.arms[0].state.thoughts > 0);
  options.arms = {"noema"};
  CHECK(reasoning::score(life, text, options).arms[0].bits == together.arms[0].bits);
  options.arms = {"noema+dynamic"};
  CHECK(reasoning::score(life, text, options).arms[0].bits == together.arms[2].bits);
}

TEST_CASE("a life from birth with a byte budget gets its own pieces after inputs were let go of") {
  const Folder folder;
  const auto model = small_model();
  MindOptions options;
  options.reencode_units = 900;
  Mind mind(born(folder, model, 40), options);
  std::vector<std::string> lines = small_world(1, 60);
  for (int i = 0; i < 60; ++i) lines[static_cast<std::size_t>(i)] += " word" + std::to_string(i);  // which fade
  perceive(mind, lines);
  REQUIRE(mind.view().graph().stream().first_episode() > 0);
  perceive(mind, small_world(2, 80));
  CHECK(mind.model().hash() != model.hash());
  CHECK_FALSE(first_difference(mind.view().graph()));
}
