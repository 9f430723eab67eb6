#include "app/actions/status.h"

#include <catch2/catch.hpp>

#include "tests/app/small_life.h"

using namespace noema;
using tests::SmallLife;

TEST_CASE("status names each concentration for what it is") {
  SmallLife life({"a b"});
  const auto json = app::to_json(app::status_of(*life.mind));
  CHECK(json["concentrations"]["sequence_discount"] == 0.75);
  CHECK(json["concentrations"].size() == 8);
  CHECK(json["episodes"] == 1);
}
