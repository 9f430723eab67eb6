#include "reasoning/score.h"

#include <catch2/catch.hpp>
#include <numeric>

#include "base/error.h"
#include "base/text.h"
#include "tests/reasoning/lives.h"
#include "transformer/parallel.h"

using namespace noema;
using namespace noema::tests;

TEST_CASE("arms are scored on forks: the life stays as it is, and memories help on what recurs") {
  const Folder folder;
  std::string hash;
  {
    reasoning::Mind mind(new_life(folder.path / "life"), {});
    perceive(mind, small_world(1, 250));
    mind.think(10000);
    mind.checkpoint();
    hash = mind.view().graph().hash();
  }
  const auto life = memory::Life::open(folder.path / "life", memory::Access::kRead);
  const auto text = small_world(2, 60);
  reasoning::ScoreOptions options;
  options.tune_lines = small_world(3, 20);
  const auto score = reasoning::score(life, text, options);
  REQUIRE(score.arms.size() == 5);
  std::uint64_t words = 0;
  for (const auto& line : text) words += base::count_words(line) + 1;
  CHECK(score.words == words);
  for (const auto& arm : score.arms) {
    CHECK(arm.word_bits.size() == words);
    CHECK(std::accumulate(arm.word_bits.begin(), arm.word_bits.end(), 0.0) == Approx(arm.bits).epsilon(1e-5));
  }
  const double untaught = score.arms[0].bits, cache = score.arms[1].bits, lesion = score.arms[3].bits,
               noema = score.arms[4].bits;
  CHECK(cache < untaught);
  CHECK(lesion < untaught);
  CHECK(noema < lesion);
  CHECK(reasoning::Mind(memory::Life::open(folder.path / "life", memory::Access::kRead), {}).view().graph().hash() ==
        hash);

  options.tune_lines.clear();
  CHECK_THROWS_WITH(reasoning::score(life, text, options), Catch::Contains("--tune"));
  options.arms = {"oracle"};
  CHECK_THROWS_AS(reasoning::score(life, text, options), base::UsageError);
}

TEST_CASE("a copy that goes on learning predicts better, alone and as an expert, and leaves the life as it is") {
  const Folder folder;
  {
    reasoning::Mind mind(new_life(folder.path / "life"), {});
    perceive(mind, small_world(1, 120));
    mind.think(10000);
    mind.checkpoint();
  }
  const auto life = memory::Life::open(folder.path / "life", memory::Access::kRead);
  const auto text = small_world(2, 60);
  reasoning::ScoreOptions options;
  options.tune_lines = small_world(3, 20);
  const std::string without_stores = "-cache_sharp-cache_soft-recent_units-lasting_units";
  options.arms = {"static",
                  "dynamic",
                  "memory",
                  "memory+dynamic",
                  "noema+dynamic",
                  "lesion+dynamic" + without_stores,
                  "lesion" + without_stores};
  const auto score = reasoning::score(life, text, options);
  const auto bits = [&](std::size_t arm) { return score.arms[arm].bits; };
  CHECK(bits(1) < bits(0));
  CHECK(bits(3) < 1.1 * bits(2));  // the graph knows it already; that the newcomer adds little is learned first
  CHECK(bits(4) < bits(1));
  CHECK(bits(5) < bits(6));
  CHECK(score.arms[1].note.find("rate") != std::string::npos);
  CHECK(score.arms[1].note == score.arms[3].note);

  // Alone or beside others, on one thread or several: the same.
  options.arms = {"noema+dynamic"};
  transformer::Threads(1).run([&] { CHECK(reasoning::score(life, text, options).arms[0].bits == bits(4)); });
}

TEST_CASE("an expert or an operator can be left out of an arm") {
  const Folder folder;
  {
    reasoning::Mind mind(new_life(folder.path / "life"), {});
    perceive(mind, small_world(1, 250));
    mind.think(10000);
    mind.checkpoint();
  }
  const auto life = memory::Life::open(folder.path / "life", memory::Access::kRead);
  const auto text = small_world(2, 40);
  reasoning::ScoreOptions options;
  options.arms = {"noema", "noema-matches", "noema+anew", "noema-compose", "noema-consolidate"};
  const auto score = reasoning::score(life, text, options);
  CHECK(score.arms[1].bits != score.arms[0].bits);
  CHECK(score.arms[1].state.concepts == score.arms[0].state.concepts);
  CHECK(score.arms[2].state.thoughts > 0);
  CHECK(score.arms[3].state.concepts < score.arms[2].state.concepts);
  CHECK(score.arms[4].bits == score.arms[0].bits);
}
