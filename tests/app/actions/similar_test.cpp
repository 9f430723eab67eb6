#include "app/actions/similar.h"

#include <catch2/catch.hpp>

#include "app/actions/names.h"
#include "tests/app/small_life.h"

using namespace noema;
using tests::SmallLife;

TEST_CASE("an unknown word has no similar concepts, but an error") {
  SmallLife life({"the king lives in the castle"});
  CHECK_THROWS_AS(app::similar(*life.mind, "zyzzyva", 3), app::UnknownName);
  CHECK(app::similar(*life.mind, "king", 3).size() <= 3);
}
