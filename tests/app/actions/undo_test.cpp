#include "app/actions/undo.h"

#include <catch2/catch.hpp>

#include "app/actions/names.h"
#include "tests/app/small_life.h"

using namespace noema;
using tests::SmallLife;

TEST_CASE("an undo names its thought, and the hash is the graph's") {
  SmallLife life(tests::tax_lines());
  CHECK_THROWS_AS(app::undo(*life.mind, "thought:1"), app::UnknownName);
  CHECK_THROWS_AS(app::undo(*life.mind, "seven"), base::UsageError);
  life.mind->think(100000);
  life.mind->commit();
  bool undone = false;
  for (int id = 1; id < 200 && !undone; ++id) {
    try {
      const auto value = app::undo(*life.mind, "thought:" + std::to_string(id));
      undone = true;
      CHECK(value.thought == id);
      CHECK(app::to_json(value)["graph_hash"] == life.mind->view().graph().hash());
    } catch (const base::Error&) {  // another stands on it
    }
  }
  CHECK(undone);
}
