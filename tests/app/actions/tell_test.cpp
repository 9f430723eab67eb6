#include "app/actions/tell.h"

#include <catch2/catch.hpp>

#include "app/actions/names.h"
#include "base/error.h"
#include "reasoning/withdrawn.h"
#include "tests/reasoning/lives.h"

using namespace noema;
using namespace noema::tests;

TEST_CASE("what is told is stored, found by its number or id, and taken back") {
  const Folder folder;
  const auto path = folder.path / "life";
  { const memory::Life life = new_life(path); }
  const auto open = [&] { return memory::Life::open(path, memory::Access::kWrite); };
  memory::Input input;
  input.text = "the key is in the safe";
  input.id = "k1";
  input.group = "home";
  CHECK(app::to_json(app::tell(open(), input))["episode"] == 1);
  input.id.reset();
  input.text = "the key is in the drawer";
  CHECK(app::tell(open(), input).episode == 2);
  CHECK(app::forget(open(), "k1", "home").episode == 1);
  const auto forgotten = app::forget(open(), "2", "");
  CHECK(forgotten.text == input.text);
  CHECK(app::to_json(forgotten)["thought"] == "thought:2");
  CHECK(reasoning::withdrawn_inputs(memory::Life::open(path, memory::Access::kRead)).size() == 2);
  CHECK_THROWS_AS(app::forget(open(), "k1", ""), app::UnknownName);
  input.text = "the lock is new";
  CHECK(app::tell(open(), input).episode == 3);
  CHECK_THROWS_WITH(app::forget(open(), "3", "office"), Catch::Contains("no input of the group 'office'"));
  CHECK(app::forget(open(), "3", "home").episode == 3);
  CHECK_THROWS_AS(app::forget(open(), "17", ""), app::UnknownName);
}

TEST_CASE("a text that is empty, no UTF-8 or of several lines is not told") {
  const Folder folder;
  { const memory::Life life = new_life(folder.path / "life"); }
  const auto tell = [&](const std::string& text) {
    memory::Input input;
    input.text = text;
    app::tell(memory::Life::open(folder.path / "life", memory::Access::kWrite), input);
  };
  CHECK_THROWS_WITH(tell("  "), Catch::Contains("empty"));
  CHECK_THROWS_WITH(tell("a\xff"), Catch::Contains("not UTF-8 at byte 1"));
  CHECK_THROWS_WITH(tell("a\nb"), Catch::Contains("more than one line"));
}
