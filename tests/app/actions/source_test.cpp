#include "app/actions/source.h"

#include <catch2/catch.hpp>

#include "tests/app/small_life.h"

using namespace noema;
using tests::SmallLife;

TEST_CASE("an input is quoted with where, when and by whom it was told") {
  SmallLife life;
  reasoning::Input input;
  input.text = "hello";
  input.source = "chat.jsonl";
  input.line = 3;
  input.group = "g";
  input.speaker = "Ann";
  input.time = 1709208000;
  life.mind->perceive(input);
  life.mind->commit();
  const auto view = life.mind->view();
  const auto quoted = app::quoted(view.life(), 1);
  REQUIRE(quoted);
  CHECK(app::told_where(*quoted) == "told on 2024-02-29 12:00 by Ann in chat.jsonl, line 3 (group g)");
  CHECK(app::to_json(*quoted)["text"] == "hello");
  CHECK_FALSE(app::quoted(view.life(), 2));
  app::Quoted bare;
  CHECK(app::told_where(bare) == "told on 1970-01-01");
}
