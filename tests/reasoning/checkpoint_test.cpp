#include "reasoning/checkpoint.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "reasoning/replay.h"
#include "tests/concepts/unigram_layer.h"
#include "tests/reasoning/lives.h"

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
  REQUIRE(mind.core().graph().layers().size() == 2);
  return dynamic_cast<const UnigramLayer&>(*mind.core().graph().layers()[1]);
}

void require_sound(const Mind& mind) {
  const auto difference = first_difference(mind.core().graph());
  INFO(difference.value_or(""));
  REQUIRE_FALSE(difference);
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
    hash = mind.core().graph().hash();
    require_sound(mind);
  }
  {
    const Mind again(opened(folder.path / "life"), with_unigrams());
    CHECK(unigrams(again).halves() == 3);  // as the checkpoint says
    const auto& graph = again.core().graph();
    graph.nodes().for_each([&](concepts::ConceptId id) {
      if (id == concepts::kBoundary || graph.node(id).is<concepts::Category>()) return;
      CHECK(unigrams(again).count(id) == static_cast<std::int64_t>(graph.statistics().total(id)));
    });
    CHECK(again.core().graph().hash() == hash);
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
    before = mind.core().graph().hash();
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
    CHECK(unigrams(mind).count(*mind.core().graph().find("hen")) > 5);
    require_sound(mind);
    mind.checkpoint();
  }
  {
    Mind mind(opened(folder.path / "life", memory::Access::kWrite), {});
    CHECK(mind.core().graph().layers().size() == 1);
    require_sound(mind);
    perceive(mind, {"one more line."});
    mind.checkpoint();
  }
  const Mind again(opened(folder.path / "life"), with_unigrams());
  CHECK(unigrams(again).halves() == 5);
  CHECK(unigrams(again).count(*again.core().graph().find("more")) == 1);
  require_sound(again);
}

TEST_CASE("a damaged state of a layer is refused, and the layer is named") {
  const Folder folder;
  {
    Mind mind(new_life(folder.path / "life"), with_unigrams());
    perceive(mind, small_world(3, 10));
    mind.checkpoint();
    mind.life().set_state("layer.unigram", "many");
    mind.life().commit();
  }
  CHECK_THROWS_WITH(Mind(opened(folder.path / "life"), with_unigrams()), Catch::Contains("unigram"));
  CHECK_NOTHROW(Mind(opened(folder.path / "life"), {}));
}
