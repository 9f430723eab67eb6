#include "app/actions/check.h"

#include <catch2/catch.hpp>

#include "app/actions/think.h"
#include "tests/app/small_life.h"

using namespace noema;
using tests::SmallLife;

TEST_CASE("a life that was fed and thought is sound") {
  SmallLife life(tests::tax_lines());
  life.mind->think(1000);
  life.mind->checkpoint();
  const auto checked = app::check(app::open_to_read(life.path));
  CHECK(checked.problems.empty());
  CHECK(checked.graph_hash == life.mind->view().graph().hash());
  CHECK(app::to_json(checked)["ok"] == true);
  CHECK(app::to_json(app::CheckValue{{"a problem"}, ""})["ok"] == false);
}
