#include "app/server/live_mind.h"

#include <catch2/catch.hpp>

#include "app/lives.h"
#include "base/error.h"
#include "tests/app/server/served.h"

namespace noema::tests {
namespace {

memory::Input said(const std::string& text) {
  memory::Input input;
  input.text = text;
  return input;
}

}  // namespace

TEST_CASE("what many threads tell at once is all stored, while it thinks and is read") {
  const LifeOnDisk life;
  {
    app::LiveMind mind(life.path, true);
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&mind, t] {
        for (int i = 0; i < 10; ++i) {
          mind.tell({said("speaker " + std::to_string(t) + " says " + std::to_string(i))});
          mind.mind().recall("speaker says", 3);
        }
      });
    for (std::thread& thread : threads) thread.join();
    CHECK(mind.view().life().counts().episodes == 220);
    mind.alone([](reasoning::Mind& own) { own.think(5); });
  }
  const memory::Life reopened = app::open_to_read(life.path);
  CHECK(reopened.counts().episodes == 220);
  CHECK(reopened.checkpoint().position() == reopened.last_position());
  CHECK(reopened.check().empty());
}

TEST_CASE("what was told is durable when telling returns, and the life has one writer") {
  const LifeOnDisk life;
  app::LiveMind mind(life.path, false);
  mind.tell({said("kept at once")});
  CHECK(app::open_to_read(life.path).counts().episodes == 181);
  CHECK_THROWS_AS(app::LiveMind(life.path, false), base::Error);
}

}  // namespace noema::tests
