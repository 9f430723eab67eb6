#include "reasoning/replay.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "reasoning/past.h"
#include "tests/reasoning/writings.h"

using namespace noema;
using namespace noema::tests;
using reasoning::Mind;

namespace {

memory::Life reading(const std::filesystem::path& path) { return memory::Life::open(path, memory::Access::kRead); }

}  // namespace

TEST_CASE("the graph after some thoughts is the one that thinking had then") {
  const Folder folder;
  std::vector<std::string> hashes;
  {
    Mind mind(new_life(folder.path / "life"), {});
    perceive(mind, small_world(2, 120));
    hashes.push_back(mind.view().graph().hash());
    while (mind.think(1).examined > 0)
      if (thoughts_of(mind) == static_cast<std::int64_t>(hashes.size())) hashes.push_back(mind.view().graph().hash());
    mind.commit();
  }
  REQUIRE(hashes.size() > 3);
  const auto life = reading(folder.path / "life");
  for (const std::size_t thoughts : {std::size_t{0}, std::size_t{1}, hashes.size() / 2, hashes.size() - 1})
    CHECK(reasoning::graph_after(life, thoughts).hash() == hashes[thoughts]);
  CHECK(reasoning::graph_after(life, 99999).hash() == hashes.back());

  concepts::Graph unthinking;
  std::uint64_t inputs = 0;
  reasoning::load_unthinking(life, unthinking, nullptr, [&] { ++inputs; });
  CHECK(inputs == 120);
  CHECK(unthinking.hash() == hashes.front());

  const auto replayed = reasoning::replay(life, true);
  CHECK(replayed.episodes == 120);
  CHECK(replayed.thoughts == hashes.size() - 1);
  CHECK(replayed.differences == 0);
}

TEST_CASE("a decision that comes out otherwise is counted and told") {
  const Folder folder;
  const auto path = folder.path / "life";
  {
    Mind mind(new_life(path), {});
    perceive(mind, small_world(2, 120));
    mind.think(20000);
    mind.commit();
    REQUIRE(thoughts_of(mind) > 0);
  }
  memory::Database(path, memory::OpenMode::kReadWrite, 1)
      .execute("UPDATE thoughts SET gain_bits = gain_bits + 1 WHERE id = 1");
  const auto replayed = reasoning::replay(reading(path), true);
  CHECK(replayed.differences == 1);
  CHECK_THAT(replayed.first_difference, Catch::Contains("thought:1") && Catch::Contains("weighed anew"));
  CHECK(reasoning::replay(reading(path), false).differences == 0);
}

TEST_CASE("an episode that is attached to other concepts than its text gives is refused") {
  const Folder folder;
  memory::Life life = new_life(folder.path / "life");
  memory::EpisodeRow row = row_of_text("a fox");
  row.attachments = {1, 3};  // the second new unit is 2
  life.append(row, "a fox");
  CHECK_THROWS_WITH(reasoning::replay(life, false), Catch::Contains("episode 1") && Catch::Contains("other concepts"));
}

TEST_CASE("a description grows by what lines cost, and by less for lines that it knows") {
  const auto lines = small_world(3, 80);
  concepts::Graph graph;
  const double empty = concepts::description_bits(graph);
  const double first = reasoning::description_growth(graph, lines);
  CHECK(empty + first == Approx(concepts::description_bits(graph)));
  const double again = reasoning::description_growth(graph, lines);
  CHECK(again > 0);
  CHECK(again < first);
  CHECK(empty + first + again == Approx(concepts::description_bits(graph)));
  CHECK(reasoning::description_growth(graph, {}) == 0);
}
