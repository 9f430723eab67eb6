#include "app/actions/score.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "base/files.h"
#include "base/stop.h"
#include "tests/app/program.h"

using namespace noema;

TEST_CASE("a score has a result for each arm, with metrics, differences to the others, and JSON") {
  const tests::Workplace work;
  app::ScoreRequest request;
  request.life = work.life();
  request.file = work.write("t.txt", tests::world_text(30));
  request.arms = {"static", "memory"};
  const auto value = app::score(request);
  REQUIRE(value.arms.size() == 2);
  CHECK(value.words > 30);
  CHECK(value.arms[0].metrics["words_made_worse"] == 0);
  CHECK(value.arms[1].differences.at("static").nats_per_word < 0);
  const auto row = app::to_json(value.arms[1], value);
  CHECK(row["arm"] == "memory");
  CHECK(row["word_perplexity"].is_number());
  CHECK(row["differences"][0]["against"] == "static");

  request.file = work.write("empty.txt", "");
  CHECK_THROWS_WITH(app::score(request), Catch::Contains("has no line"));
  std::stop_source stop;
  stop.request_stop();
  request.file = work.file("t.txt");
  request.stop = stop.get_token();
  CHECK_THROWS_AS(app::score(request), base::Interrupted);
}
