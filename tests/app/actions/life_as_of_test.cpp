#include "app/actions/life_as_of.h"

#include <catch2/catch.hpp>
#include <filesystem>

#include "app/actions/status.h"
#include "tests/app/thoughtful_life.h"

using namespace noema;
using namespace noema::tests;

TEST_CASE("a life as it was lies in a file of its name, which is gone afterwards; the present one is the life itself") {
  const ThoughtfulLife life;
  std::string past;
  {
    const app::LifeAsOf then(life.path, "90");
    past = then.path();
    CHECK(past != life.path);
    CHECK(std::filesystem::path(past).filename() == "small.life");
    reasoning::Mind mind(app::open_to_read(past));
    const app::Status status = app::status_of(mind);
    CHECK(status.episodes == 90);
    CHECK(status.thoughts == 0);
    CHECK(status.checkpoint_position == 90);
  }
  CHECK_FALSE(std::filesystem::exists(past));
  for (const char* now : {"", "180", "2999-01-01"}) CHECK(app::LifeAsOf(life.path, now).path() == life.path);
  CHECK_THROWS_AS(app::LifeAsOf(life.path, "yesterday"), base::Error);
  CHECK_THROWS_AS(app::LifeAsOf(life.path + "x", "90"), base::Error);
}
