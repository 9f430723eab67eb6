#include "app/actions/keep.h"

#include <catch2/catch.hpp>

#include "app/actions/names.h"
#include "app/actions/status.h"
#include "app/actions/undo.h"
#include "tests/app/small_life.h"

using namespace noema;
using tests::SmallLife;

TEST_CASE("a concept is kept by a thought that is in the log, also after the life was opened again") {
  SmallLife life(tests::tax_lines());
  life.mind->think(100000);
  life.mind->checkpoint();
  const std::string hash = life.mind->view().graph().hash();
  const app::Kept kept = app::keep(*life.mind, "he cut");
  CHECK(kept.itself.label == "he cut");
  CHECK(app::to_json(app::kept_of(app::to_json(kept))) == app::to_json(kept));
  CHECK_THROWS_WITH(app::keep(*life.mind, "he cut"), Catch::Contains("kept already"));
  CHECK_THROWS_WITH(app::keep(*life.mind, "he"), Catch::Contains("no thought made it"));
  CHECK_THROWS_AS(app::keep(*life.mind, "he cutt"), app::UnknownName);
  const auto is_kept = [&] { return life.mind->view().graph().node(kept.itself.id).is_protected; };
  const auto open_again = [&] {
    life.mind.reset();
    reasoning::MindOptions options;
    options.predict = false;
    life.mind = std::make_unique<reasoning::Mind>(app::open_to_write(life.path), options);
  };
  open_again();  // applies the log behind the checkpoint
  CHECK(is_kept());
  life.mind->checkpoint();
  open_again();  // reads the checkpoint
  CHECK(is_kept());
  CHECK(life.mind->view().graph().hash() == hash);
  const auto made_by = static_cast<memory::ThoughtId>(life.mind->view().graph().node(kept.itself.id).made_by);
  CHECK_THROWS_WITH(app::undo(*life.mind, "thought:" + std::to_string(made_by)), Catch::Contains("stands on it"));
  app::undo(*life.mind, "thought:" + std::to_string(kept.thought));
  CHECK_FALSE(is_kept());
  open_again();
  CHECK_FALSE(is_kept());
}
