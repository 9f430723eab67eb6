#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "base/error.h"
#include "reasoning/thoughts/registry.h"
#include "tests/reasoning/lives.h"

using namespace noema;
using namespace noema::tests;
using reasoning::Mind;

namespace {

/// A clock that fails when it is told to: the journal asks it for the time of each thought.
class FailingClock final : public base::Clock {
 public:
  double now_seconds() const override {
    if (fails) throw base::Error("the clock stopped");
    return 1000;
  }
  std::atomic<bool> fails{false};
};

}  // namespace

TEST_CASE("background thinking that failed is said by the next input") {
  const Folder folder;
  FailingClock clock;
  reasoning::MindOptions options;
  options.clock = &clock;
  Mind mind(new_life(folder.path / "life"), options);
  perceive(mind, small_world(5, 200));
  clock.fails = true;
  mind.start_background();
  const auto failed = [&] {
    try {
      reasoning::Input input;
      input.text = "one more";
      input.time = 2000;
      mind.perceive(input);
    } catch (const base::Error& error) {
      CHECK(std::string(error.what()).find("the clock stopped") != std::string::npos);
      return true;
    }
    return false;
  };
  bool said = false;
  for (int waited = 0; waited < 1000 && !said; ++waited) {
    said = failed();
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  CHECK(said);
  CHECK_THROWS_AS(mind.stop_background(), base::Error);
}

TEST_CASE("what was thought can be asked for beside the background thinker") {
  const Folder folder;
  Mind mind(new_life(folder.path / "life"), {});
  mind.start_background();
  perceive(mind, small_world(5, 150));
  std::uint64_t last = 0;
  for (int i = 0; i < 50; ++i) {
    const auto thinking = mind.thinking();
    CHECK(thinking.examined >= last);
    last = thinking.examined;
    CHECK(mind.state_bytes() > 0);
    CHECK(mind.weights_hash().size() == 64);
  }
  mind.stop_background();
}
