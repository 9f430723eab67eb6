#include "reasoning/score.h"

#include <catch2/catch.hpp>
#include <numeric>

#include "base/error.h"
#include "base/text.h"
#include "tests/reasoning/lives.h"

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
    hash = mind.core().graph().hash();
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
  CHECK(reasoning::Mind(memory::Life::open(folder.path / "life", memory::Access::kRead), {}).core().graph().hash() ==
        hash);

  options.tune_lines.clear();
  CHECK_THROWS_WITH(reasoning::score(life, text, options), Catch::Contains("--tune"));
  options.arms = {"oracle"};
  CHECK_THROWS_AS(reasoning::score(life, text, options), base::UsageError);
}
