#include "reasoning/checkpoint.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "tests/reasoning/writings.h"

using namespace noema;
using namespace noema::tests;
using reasoning::Mind;

namespace {

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
  CHECK_FALSE(loaded.graph.first_difference());
  return loaded.graph.hash();
}

}  // namespace

TEST_CASE("checkpoint and the log after it give the graph as it was, and so does a checkpoint written whole") {
  const Folder folder;
  const std::string hash = make_life(folder.path / "life", small_world(1, 200));
  memory::Life life = memory::Life::open(folder.path / "life", memory::Access::kWrite);
  REQUIRE(life.checkpoint_position() > 0);
  REQUIRE(life.checkpoint_position() < life.last_position());
  CHECK(loaded_hash(life) == hash);
  Loaded loaded;
  const auto model = small_model();
  reasoning::Meaning meaning(model);
  reasoning::load_graph(life, loaded.graph, loaded.thinker, &meaning);
  for (const bool all : {false, true}) {
    reasoning::save_graph(life, loaded.graph, loaded.thinker, meaning, "", all);
    CHECK(life.checkpoint_position() == life.last_position());
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
