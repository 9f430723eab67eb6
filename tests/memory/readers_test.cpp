#include "memory/readers.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "memory/life_impl.h"
#include "tests/memory/file_locks.h"
#include "tests/memory/support.h"

namespace noema::memory {
namespace {

std::size_t files_in(const TempFolder& folder) {
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder.path())) ++files;
  return files;
}

void add(Life& life, int from, int to) {
  for (int i = from; i <= to; ++i) life.append(episode_row("line " + std::to_string(i)), "line " + std::to_string(i));
  life.commit();
}

/// Leaves a life as a process that was killed leaves it: its last batch only in the write-ahead log.
void kill_writer(const std::filesystem::path& path) {
  const pid_t child = fork();
  if (child == 0) {
    Life life = Life::open(path, Access::kWrite);
    add(life, 1, 3);
    kill(getpid(), SIGKILL);
  }
  waitpid(child, nullptr, 0);
}

}  // namespace

TEST_CASE("SQLite itself opens a life for reading read-only") {
  TempFolder folder;
  { Life life = Life::create(folder / "a.life", small_options()); }
  {
    const auto database = open_for_reading(folder / "a.life", 1);
    CHECK(database->read_only());
    CHECK_THROWS_AS(database->execute("CREATE TABLE t(a)"), base::Error);
  }
  { Life reader = Life::open(folder / "a.life", Access::kRead); }
  CHECK(files_in(folder) == 1);
}

TEST_CASE("a reader that closes leaves the locks of its own process's writer in place") {
  TempFolder folder;
  const auto path = folder / "a.life";
  Life writer = Life::create(path, small_options());
  add(writer, 1, 3);
  REQUIRE(is_locked(path));
  { const Life reader = Life::open(path, Access::kRead); }
  CHECK(is_locked(path));
}

TEST_CASE("many threads read at once beside a writer, each what was committed") {
  TempFolder folder;
  Life writer = Life::create(folder / "a.life", small_options());
  add(writer, 1, 10);
  Readers readers(folder / "a.life", 4);
  std::atomic<bool> stop{false};
  std::atomic<int> wrong{0}, reads{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 100; ++t)
    threads.emplace_back([&] {
      EpisodeId seen = 0;
      for (int i = 0; i < 20; ++i) {
        const Readers::Reader life = readers.take();
        const EpisodeId episodes = life->counts().episodes;
        wrong += episodes < 10 || episodes < seen ||
                 life->episodes().find(episodes)->text != "line " + std::to_string(episodes);
        wrong += life->episodes().search({"line"}, 3).size() != 3;
        seen = episodes;
        ++reads;
      }
    });
  std::thread feeding([&] {
    for (int i = 11; !stop; ++i) add(writer, i, i);
  });
  for (std::thread& thread : threads) thread.join();
  stop = true;
  feeding.join();
  CHECK(wrong == 0);
  CHECK(reads == 2000);
  CHECK(writer.check().empty());
}

TEST_CASE("what a killed writer left in the write-ahead log is read") {
  TempFolder folder;
  { Life life = Life::create(folder / "a.life", small_options()); }
  kill_writer(folder / "a.life");
  REQUIRE(std::filesystem::file_size(folder / "a.life-wal") > 0);
  Readers readers(folder / "a.life");
  CHECK(readers.take()->counts().episodes == 3);
  CHECK(readers.take()->check().empty());
  Life writer = Life::open(folder / "a.life", Access::kWrite);
  CHECK(writer.counts().episodes == 3);
}

TEST_CASE("in a folder that cannot be written a life is read, but not without its write-ahead log") {
  if (geteuid() != 0) {
    WARN("skipped: only root can become a user without rights");
    return;
  }
  TempFolder folder;
  { Life life = Life::create(folder / "a.life", small_options()); }
  { Life life = Life::create(folder / "b.life", small_options()); }
  kill_writer(folder / "b.life");
  std::filesystem::remove(folder / "b.life-shm");
  chmod(folder.path().c_str(), 0555);
  const pid_t child = fork();
  if (child == 0) {
    int failures = setgid(65534) != 0 || setuid(65534) != 0;
    try {
      Readers readers(folder / "a.life");
      failures += readers.take()->counts().episodes != 0;
    } catch (const base::Error&) {
      ++failures;
    }
    try {
      // Three episodes, or one line that says why not; never a life without them.
      failures += Life::open(folder / "b.life", Access::kRead).counts().episodes != 3;
    } catch (const base::Error&) {
    }
    _exit(failures);
  }
  int status = 0;
  waitpid(child, &status, 0);
  CHECK(WEXITSTATUS(status) == 0);
  chmod(folder.path().c_str(), 0755);
}

TEST_CASE("a reader that cannot be opened gives its place back") {
  TempFolder folder;
  Readers readers(folder / "none.life", 1);
  for (int i = 0; i < 3; ++i) CHECK_THAT(error_of([&] { readers.take(); }), Catch::Contains("there is no such life"));
}

TEST_CASE("no more connections are open than allowed") {
  TempFolder folder;
  { Life life = Life::create(folder / "a.life", small_options()); }
  Readers readers(folder / "a.life", 2);
  std::atomic<int> inside{0}, most{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 10; ++t)
    threads.emplace_back([&] {
      const Readers::Reader life = readers.take();
      const int now = ++inside;
      for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) {
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      --inside;
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(most == 2);
}

}  // namespace noema::memory
