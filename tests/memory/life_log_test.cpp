#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "base/rng.h"
#include "memory/database.h"
#include "tests/memory/support.h"

namespace noema::memory {

TEST_CASE("the log replays in its one order, from any position") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  life.append(episode_row("one"), "one");
  life.append(thought_row({1, 2}, 0));
  life.append(episode_row("two"), "two");
  life.append_undo(1, 20);
  life.append_model("other weights", "def", 21);
  life.commit();
  std::vector<std::string> seen;
  const auto visit = [&](const LogEntry& entry) {
    std::string line = std::to_string(entry.position) + ":" + std::to_string(static_cast<int>(entry.kind)) + ":" +
                       std::to_string(entry.ref);
    if (entry.episode != nullptr) line += ":" + entry.episode->text;
    if (entry.thought != nullptr) line += ":" + entry.thought->kind;
    seen.push_back(line);
  };
  for_each_log_entry(life, 0, visit);
  CHECK(seen == std::vector<std::string>{"1:0:1:one", "2:1:1:merge", "3:0:2:two", "4:2:1:merge", "5:3:2"});
  seen.clear();
  for_each_log_entry(life, 3, visit);
  CHECK(seen.size() == 2);
  CHECK(life.last_position() == 5);
  CHECK(life.model().bytes() == "other weights");
  CHECK(life.model().hash() == "def");
}

TEST_CASE("a visitor may ask the life while the log is replayed") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  for (int i = 0; i < 5; ++i) life.append(episode_row(std::to_string(i)), "x");
  std::string texts;
  for_each_log_entry(life, 0, [&](const LogEntry& entry) {
    texts += life.episodes().find(6 - entry.ref)->text;
    for_each_log_entry(life, 4, [&](const LogEntry& inner) { texts += inner.episode->text; });
  });
  CHECK(texts == "4434241404");
}

TEST_CASE("an id is unique in its group and the batch goes on without the duplicate") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  EpisodeRow row = episode_row("first");
  row.outer_id = "7";
  life.append(row, "first");
  row.line = 44;
  CHECK_THAT(error_of([&] { life.append(row, "first"); }),
             Catch::Contains("lines.txt, line 44: the id \"7\" is already in group \"\""));
  row.group = "other";
  CHECK(life.append(row, "first") == 2);
  row.outer_id.reset();
  CHECK(life.append(row, "first") == 3);
  CHECK(life.append(row, "first") == 4);
  life.commit();
  CHECK(life.counts().episodes == 4);
  CHECK(life.check().empty());
}

TEST_CASE("what is not committed is seen by nobody else and is gone after a rollback") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  life.append(episode_row("kept"), "kept");
  life.commit();
  Life reader = Life::open(folder / "a.life", Access::kRead);
  life.append(episode_row("dropped"), "dropped");
  life.append(thought_row({1}, 2));
  CHECK(life.last_position() == 3);
  CHECK(life.batch_open());
  CHECK(reader.last_position() == 1);
  CHECK_FALSE(reader.episodes().find(2));
  life.rollback();
  CHECK_FALSE(life.batch_open());
  CHECK(life.last_position() == 1);
  CHECK(life.append(episode_row("next"), "next") == 2);
  life.commit();
  CHECK(reader.last_position() == 2);
  CHECK(reader.episodes().find(2)->text == "next");
  CHECK(life.check().empty());
}

TEST_CASE("a reader sees one state while the writer goes on") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  life.append(episode_row("one"), "one");
  life.commit();
  Life reader = Life::open(folder / "a.life", Access::kRead);
  reader.consistently([&] {
    CHECK(reader.last_position() == 1);
    life.append(episode_row("two"), "two");
    life.commit();
    CHECK(reader.last_position() == 1);
  });
  CHECK(reader.last_position() == 2);
}

namespace {

// The child appends batches and reports each number it may acknowledge; the parent kills it so many seconds after it
// began, or after it acknowledged its first batch.
int fed_until_killed(const std::filesystem::path& path, double seconds, bool after_first_batch) {
  int channel[2];
  REQUIRE(pipe(channel) == 0);
  const pid_t child = fork();
  if (child == 0) {
    close(channel[0]);
    try {
      Life life = Life::open(path, Access::kWrite);
      for (auto number = static_cast<int>(life.counts().episodes);;) {
        for (int i = 0; i < 7; ++i) {
          append_text(life, "episode " + std::to_string(++number));
          if (i == 3) life.append(thought_row({number}, number + 1));
        }
        life.commit();
        if (number % 5 == 0) {
          life.write_checkpoint(life.last_position(), [&](CheckpointWriter& writer) {
            for (int i = 0; i < 50; ++i) writer.put(concept_row(1 + (number + i) % 60, "c" + std::to_string(number)));
            writer.set_state("rng", std::to_string(number));
          });
        }
        if (write(channel[1], &number, sizeof number) != sizeof number) _exit(1);
      }
    } catch (const std::exception&) {
      _exit(2);
    }
  }
  close(channel[1]);
  int acknowledged = 0;
  if (after_first_batch) REQUIRE(read(channel[0], &acknowledged, sizeof acknowledged) == sizeof acknowledged);
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
  kill(child, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
  CHECK(WIFSIGNALED(status));
  while (read(channel[0], &acknowledged, sizeof acknowledged) == sizeof acknowledged) {
  }
  close(channel[0]);
  return acknowledged;
}

}  // namespace

TEST_CASE("whenever the writer is killed, everything acknowledged is there and the life is sound") {
  TempFolder folder;
  const auto path = folder / "a.life";
  { Life life = Life::create(path, small_options()); }
  base::Rng rng(11);
  int acknowledged = 0;
  for (int round = 0; round < 25; ++round) {
    acknowledged = std::max(acknowledged, fed_until_killed(path, 0.002 + 0.04 * rng.uniform(), round % 2 == 0));
    Life life = Life::open(path, Access::kWrite);
    CHECK(life.check() == std::vector<std::string>{});
    REQUIRE(life.counts().episodes >= acknowledged);
    CHECK(life.counts().episodes % 7 == 0);
    for (EpisodeId id = 1; id <= life.counts().episodes; ++id) {
      REQUIRE(life.episodes().find(id)->text == "episode " + std::to_string(id));
    }
  }
  CHECK(acknowledged > 0);
}

}  // namespace noema::memory
