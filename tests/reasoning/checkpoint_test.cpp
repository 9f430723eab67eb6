#include "reasoning/checkpoint.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "reasoning/replay.h"
#include "tests/concepts/unigram_layer.h"
#include "tests/reasoning/lives.h"
#include "tests/reasoning/writings.h"

using namespace noema;
using namespace noema::tests;
using concepts::UnigramLayer;
using reasoning::Mind;

namespace {

/// Options of a mind whose graph has a second layer with this parameter.
reasoning::MindOptions with_unigrams(std::int64_t halves = 1) {
  reasoning::MindOptions options;
  options.core.concept_graph.further_layers = {[halves] { return std::make_unique<UnigramLayer>(halves); }};
  return options;
}

memory::Life opened(const std::filesystem::path& path, memory::Access access = memory::Access::kRead) {
  return memory::Life::open(path, access);
}

const UnigramLayer& unigrams(const Mind& mind) {
  REQUIRE(mind.view().graph().layers().size() == 2);
  return dynamic_cast<const UnigramLayer&>(*mind.view().graph().layers()[1]);
}

void require_sound(const Mind& mind) {
  const auto difference = first_difference(mind.view().graph());
  INFO(difference.value_or(""));
  REQUIRE_FALSE(difference);
}

/// A life that thought, with its checkpoint in the middle of the log.
std::string make_life(const std::filesystem::path& path, const std::vector<std::string>& lines) {
  Mind mind(new_life(path), {});
  perceive(mind, lines, 0, lines.size() / 2);
  mind.think(5000);
  mind.checkpoint();
  perceive(mind, lines, lines.size() / 2);
  return mind.view().graph().hash();
}

struct Loaded {
  concepts::Graph graph;
  reasoning::Thinker thinker;
};

std::string loaded_hash(const memory::Life& life) {
  Loaded loaded;
  reasoning::load_graph(life, loaded.graph, loaded.thinker, nullptr);
  CHECK_FALSE(first_difference(loaded.graph));
  return loaded.graph.hash();
}

}  // namespace

TEST_CASE("a life over two layers thinks, is opened again, replayed, checked and undone like one over a single layer") {
  const Folder folder;
  const auto lines = small_world(1, 160);
  std::string hash, before;
  memory::ThoughtId last = 0;
  {
    Mind mind(new_life(folder.path / "life"), with_unigrams(3));
    perceive(mind, lines, 0, 150);
    mind.think(400);
    mind.checkpoint();
    CHECK(mind.thinking().thoughts > 0);
    perceive(mind, lines, 150);
    hash = mind.view().graph().hash();
    require_sound(mind);
  }
  {
    const Mind again(opened(folder.path / "life"), with_unigrams());
    CHECK(unigrams(again).halves() == 3);  // as the checkpoint says
    const auto& graph = again.view().graph();
    graph.nodes().for_each([&](concepts::ConceptId id) {
      if (id == concepts::kBoundary || graph.node(id).is<concepts::Category>()) return;
      CHECK(unigrams(again).count(id) == static_cast<std::int64_t>(graph.statistics().total(id)));
    });
    CHECK(again.view().graph().hash() == hash);
    require_sound(again);
    last = opened(folder.path / "life").counts().thoughts;
  }
  const auto replayed = reasoning::replay(opened(folder.path / "life"), true, with_unigrams(3).core.concept_graph);
  INFO(replayed.first_difference);
  CHECK(replayed.differences == 0);
  CHECK(replayed.graph.hash() == hash);
  {
    Mind mind(opened(folder.path / "life", memory::Access::kWrite), with_unigrams());
    mind.undo(last);
    require_sound(mind);
    before = mind.view().graph().hash();
    CHECK(before != hash);
  }
  CHECK(reasoning::replay(opened(folder.path / "life"), false, with_unigrams(3).core.concept_graph).graph.hash() ==
        before);
}

TEST_CASE("a layer that a checkpoint does not know counts the episodes; one that the program does not have is kept") {
  const Folder folder;
  {
    Mind mind(new_life(folder.path / "life"), {});
    perceive(mind, small_world(2, 60));
    mind.checkpoint();
  }
  {
    Mind mind(opened(folder.path / "life", memory::Access::kWrite), with_unigrams(5));
    CHECK(unigrams(mind).halves() == 5);
    CHECK(unigrams(mind).count(*mind.view().graph().find("hen")) > 5);
    require_sound(mind);
    mind.checkpoint();
  }
  {
    Mind mind(opened(folder.path / "life", memory::Access::kWrite), {});
    CHECK(mind.view().graph().layers().size() == 1);
    require_sound(mind);
    perceive(mind, {"one more line."});
    mind.checkpoint();
  }
  const Mind again(opened(folder.path / "life"), with_unigrams());
  CHECK(unigrams(again).halves() == 5);
  CHECK(unigrams(again).count(*again.view().graph().find("more")) == 1);
  require_sound(again);
}

TEST_CASE("a damaged state of a layer is refused, and the layer is named") {
  const Folder folder;
  {
    Mind mind(new_life(folder.path / "life"), with_unigrams());
    perceive(mind, small_world(3, 10));
    mind.checkpoint();
  }
  {
    memory::Life life = opened(folder.path / "life", memory::Access::kWrite);
    life.set_state("layer.unigram", "many");
    life.commit();
  }
  CHECK_THROWS_WITH(Mind(opened(folder.path / "life"), with_unigrams()), Catch::Contains("unigram"));
  CHECK_NOTHROW(Mind(opened(folder.path / "life"), {}));
}

TEST_CASE("checkpoint and the log after it give the graph as it was, and so does a checkpoint written whole") {
  const Folder folder;
  const std::string hash = make_life(folder.path / "life", small_world(1, 200));
  memory::Life life = memory::Life::open(folder.path / "life", memory::Access::kWrite);
  REQUIRE(life.checkpoint().position() > 0);
  REQUIRE(life.checkpoint().position() < life.last_position());
  CHECK(loaded_hash(life) == hash);
  Loaded loaded;
  const auto model = small_model();
  reasoning::Meaning meaning(model);
  reasoning::load_graph(life, loaded.graph, loaded.thinker, &meaning);
  for (const bool all : {false, true}) {
    reasoning::save_graph(life, loaded.graph, loaded.thinker, meaning, "", all);
    CHECK(life.checkpoint().position() == life.last_position());
    CHECK(life.check().empty());
    CHECK(loaded_hash(life) == hash);
  }
}

TEST_CASE("a checkpoint says how many concepts and relations there are without the graph") {
  const Folder folder;
  Mind mind(new_life(folder.path / "life"), {});
  perceive(mind, {"a fox", "a hen"});
  mind.checkpoint();
  const auto view = mind.view();
  const auto counts = nlohmann::json::parse(*view.life().state(reasoning::kCounts));
  CHECK(counts["concepts"] == 3);
  CHECK(counts["relations"] == view.graph().statistics().cells());
  CHECK(nlohmann::json::parse(*view.life().state(reasoning::kAttached)) == nlohmann::json{0, 0, view.graph().size()});
}

TEST_CASE("a state that is no number is refused by its name") {
  const Folder folder;
  memory::Life life = new_life(folder.path / "life");
  CHECK(reasoning::practised_at(life) == 0);
  life.set_state(reasoning::kPractisedAt, "12");
  CHECK(reasoning::practised_at(life) == 12);
  life.set_state(reasoning::kPractisedAt, "12x");
  CHECK_THROWS_WITH(reasoning::practised_at(life), Catch::Contains("\"practised_at\" is no number"));
}

TEST_CASE("a life that never practised has no predictive copy, and the one that it has is loaded") {
  const Folder folder;
  memory::Life life = new_life(folder.path / "life");
  const auto model = small_model();
  CHECK(reasoning::load_copy(life, model) == nullptr);
  life.set_state(reasoning::kPredictive, "");
  CHECK(reasoning::load_copy(life, model) == nullptr);
  transformer::PredictiveCopy copy(model);
  life.set_state(reasoning::kPredictive, copy.state());
  const auto loaded = reasoning::load_copy(life, model);
  REQUIRE(loaded != nullptr);
  CHECK(loaded->hash() == copy.hash());
}

TEST_CASE("a checkpoint that misses a concept which an input mentions is refused") {
  const Folder folder;
  {
    Mind mind(new_life(folder.path / "life"), {});
    perceive(mind, {"a fox", "a hen"});
    mind.checkpoint();
  }
  memory::Database(folder.path / "life", memory::OpenMode::kReadWrite, 1)
      .execute("DELETE FROM concepts WHERE label = 'fox'");
  CHECK_THROWS_WITH(loaded_hash(memory::Life::open(folder.path / "life", memory::Access::kRead)),
                    Catch::Contains("episode 1 mentions what the checkpoint does not hold"));
}
