#include <atomic>
#include <thread>

#include "base/files.h"
#include "tests/memory/support.h"

namespace noema::memory {

TEST_CASE("a backup holds the committed state and replaces nothing") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  life.append(episode_row("kept"), "kept");
  life.commit();
  life.append(episode_row("not yet"), "not yet");
  life.backup(folder / "b.life");
  CHECK_THAT(error_of([&] { life.backup(folder / "b.life"); }),
             Catch::Contains("b.life: there is such a file already"));
  life.commit();
  Life copy = Life::open(folder / "b.life", Access::kWrite);
  CHECK(copy.counts().episodes == 1);
  CHECK(copy.check().empty());
  CHECK(copy.episodes().search({"kept"}, 5).size() == 1);
  CHECK(copy.model().bytes() == life.model().bytes());
  CHECK_FALSE(std::filesystem::exists(folder / "b.life.partial"));
}

TEST_CASE("a backup into a folder that is missing leaves nothing behind") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  CHECK_THAT(error_of([&] { life.backup(folder / "none/b.life"); }), Catch::Contains("b.life"));
  CHECK_FALSE(std::filesystem::exists(folder / "none"));
}

TEST_CASE("backups made while another thread writes are sound") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  std::atomic<bool> stop = false;
  std::atomic<int> committed = 0;
  std::thread writer([&] {
    for (int i = 0; !stop; ++i) {
      append_text(life, "episode " + std::to_string(i));
      if (i % 10 != 9) continue;
      life.commit();
      ++committed;
    }
    life.rollback();
  });
  Life reader = Life::open(folder / "a.life", Access::kRead);
  for (int round = 0; round < 5; ++round) {
    while (committed < 5 * (round + 1)) std::this_thread::yield();
    const auto target = folder / ("copy" + std::to_string(round));
    reader.backup(target);
    Life copy = Life::open(target, Access::kRead);
    CHECK(copy.counts().episodes % 10 == 0);
    CHECK(copy.counts().episodes >= 50 * (round + 1));
    CHECK(copy.check().empty());
  }
  stop = true;
  writer.join();
}

}  // namespace noema::memory
