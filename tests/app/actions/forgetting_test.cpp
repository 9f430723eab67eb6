#include "app/actions/forgetting.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "tests/app/program.h"

using namespace noema;

TEST_CASE("forgetting is measured for each arm over the words of all returns") {
  const tests::Workplace work;
  app::ForgettingRequest request;
  request.life = work.life();
  request.away = work.write("a.txt", tests::world_text(20, 2));
  request.back = work.write("b.txt", tests::world_text(20, 3));
  request.arms = {"static", "memory{without=matches,cache_sharp}"};
  request.returns = 2;
  request.words = request.away_words = 30;
  const auto arms = app::forgetting(request);
  REQUIRE(arms.size() == 2);
  CHECK(arms[0].arm == "memory{without=matches,cache_sharp}");
  CHECK(arms[1].returns == 2);
  CHECK(arms[1].words >= 60);
  CHECK(app::to_json(arms[0])["nats_per_word_worse"] == arms[0].worse.nats_per_word);
  request.arms = {"nobody"};
  CHECK_THROWS_AS(app::forgetting(request), base::UsageError);
  request.away = work.write("e.txt", "");
  CHECK_THROWS_WITH(app::forgetting(request), Catch::Contains("has no line"));
}
