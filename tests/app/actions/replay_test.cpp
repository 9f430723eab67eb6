#include "app/actions/replay.h"

#include <catch2/catch.hpp>

#include "tests/app/small_life.h"

using namespace noema;
using tests::SmallLife;

TEST_CASE("the log gives the same graph again, and every decision comes out the same") {
  SmallLife life(tests::tax_lines());
  life.mind->think(1000);
  life.mind->checkpoint();
  const auto replayed = app::replay(app::open_to_read(life.path), true);
  CHECK(replayed.same());
  CHECK(replayed.differences == 0);
  CHECK(replayed.episodes == tests::tax_lines().size());
  CHECK(app::to_json(replayed)["same"] == true);
}
