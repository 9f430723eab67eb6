#include "app/sql/held_life.h"

#include <catch2/catch.hpp>

#include "tests/app/knowing_life.h"

using namespace noema;

TEST_CASE("a held life stays open until it has moved on", "[sql]") {
  tests::SmallLife small({"the cat sleeps"});
  app::HeldLife held;
  held.open(small.path);
  const reasoning::Mind* mind = &held.mind();
  held.open(small.path);
  CHECK(&held.mind() == mind);
  CHECK(held.mind().view().graph().find("zebra") == std::nullopt);
  small.tell("a zebra grazes");
  small.mind->commit();
  held.open(small.path);
  CHECK(held.mind().view().graph().find("zebra").has_value());
  CHECK(held.words() == nullptr);
  CHECK_THROWS_WITH(held.senses(), Catch::Contains("noema think"));
}

TEST_CASE("another life is opened in its place, and a file that is none is refused", "[sql]") {
  const tests::SmallLife small({"the cat sleeps"});
  app::HeldLife held;
  held.open(small.path);
  held.open(tests::knowing_life());
  CHECK(held.words() != nullptr);
  CHECK_FALSE(held.senses().senses("crane").empty());
  CHECK_THROWS_WITH(held.open("/nowhere/none.life"), Catch::Contains("no such life"));
  held.open(small.path);
  CHECK(held.words() == nullptr);
}
