#include "memory/life.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/files.h"
#include "memory/database.h"
#include "memory/schema.h"
#include "tests/memory/support.h"

namespace noema::memory {
namespace {

// Runs `act` in a child process as a user without rights; the child's error message, or nothing if it may not change
// user.
template <class Act>
std::optional<std::string> error_as_nobody(const Act& act) {
  if (geteuid() != 0) return std::nullopt;
  int channel[2];
  REQUIRE(pipe(channel) == 0);
  const pid_t child = fork();
  if (child == 0) {
    close(channel[0]);
    std::string message = "no error";
    if (setgid(65534) != 0 || setuid(65534) != 0) message = "no change of user";
    try {
      if (message == "no error") act();
    } catch (const std::exception& error) {
      message = error.what();
    }
    _exit(write(channel[1], message.data(), message.size()) < 0);
  }
  close(channel[1]);
  std::string message(4096, '\0');
  const ssize_t size = read(channel[0], message.data(), message.size());
  close(channel[0]);
  waitpid(child, nullptr, 0);
  message.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  if (message == "no change of user") return std::nullopt;
  return message;
}

std::string open_error(const std::filesystem::path& path, Access access = Access::kWrite) {
  return error_of([&] { Life::open(path, access); });
}

}  // namespace

TEST_CASE("a new life holds what it was made with") {
  TempFolder folder;
  CreateOptions options = small_options();
  options.seed = 18446744073709551615ULL;
  options.max_concepts = 5;
  options.max_bytes = 6;
  options.options = R"({"a":1})";
  { Life life = Life::create(folder / "a.life", options); }
  Life life = Life::open(folder / "a.life", Access::kRead);
  const LifeOrigin origin = life.origin();
  CHECK(origin.seed == options.seed);
  CHECK(origin.max_concepts == 5);
  CHECK(origin.max_bytes == 6);
  CHECK(origin.options == R"({"a":1})");
  CHECK(origin.created_time == 1000);
  CHECK(life.model().bytes() == options.model_bytes);
  CHECK(life.model().hash() == "abc");
  CHECK(life.last_position() == 0);
  CHECK(life.checkpoint().position() == 0);
  CHECK(life.file_bytes() > 0);
  CHECK(life.check().empty());
  CHECK_FALSE(std::filesystem::exists(folder / "a.life.new"));
}

TEST_CASE("closing leaves one file") {
  TempFolder folder;
  {
    Life life = Life::create(folder / "a.life", small_options());
    life.append(episode_row("x"), "x");
    life.commit();
    Life reader = Life::open(folder / "a.life", Access::kRead);
  }
  { Life reader = Life::open(folder / "a.life", Access::kRead); }
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder.path())) ++files;
  CHECK(files == 1);
}

TEST_CASE("a life is replaced only by force, and no other file ever is") {
  TempFolder folder;
  CreateOptions options = small_options();
  {
    Life life = Life::create(folder / "a.life", options);
    life.append(episode_row("x"), "x");
    life.commit();
  }
  CHECK_THAT(error_of([&] { Life::create(folder / "a.life", options); }),
             Catch::Contains("a.life: there is such a file already"));
  options.force = true;
  CHECK(Life::create(folder / "a.life", options).last_position() == 0);
  base::write_file(folder / "notes.txt", "dear diary");
  CHECK_THAT(error_of([&] { Life::create(folder / "notes.txt", options); }),
             Catch::Contains("not replaced even with --force"));
  CHECK(base::read_file(folder / "notes.txt") == "dear diary");
}

TEST_CASE("a life that is open for writing is not replaced by force") {
  TempFolder folder;
  CreateOptions options = small_options();
  Life life = Life::create(folder / "a.life", options);
  options.force = true;
  CHECK_THAT(error_of([&] { Life::create(folder / "a.life", options); }), Catch::Contains("one writer at a time"));
}

TEST_CASE("a second writer is refused and readers are not") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  CHECK_THAT(open_error(folder / "a.life"),
             Catch::Contains("process " + std::to_string(getpid()) + " has this life open for writing"));
  CHECK(open_error(folder / "a.life", Access::kRead).empty());
}

TEST_CASE("files that are no life are refused with what they are") {
  TempFolder folder;
  CHECK_THAT(open_error(folder / "none.life"), Catch::Contains("none.life: there is no such life"));
  base::write_file(folder / "empty.life", "");
  CHECK_THAT(open_error(folder / "empty.life"), Catch::Contains("the file is empty"));
  base::write_file(folder / "text.life", std::string(5000, 'x'));
  CHECK_THAT(open_error(folder / "text.life"), Catch::Contains("this is no life"));
  base::write_file(folder / "short.life", "SQLite format 3");
  CHECK_THAT(open_error(folder / "short.life"), Catch::Contains("this is no life"));
  CHECK_THAT(open_error(folder.path()), Catch::Contains("this is no life"));
  Database(folder / "other.db", OpenMode::kCreate, 1).execute("CREATE TABLE t(a)");
  CHECK_THAT(open_error(folder / "other.db"), Catch::Contains("an SQLite database, but no life"));
  CHECK_FALSE(std::filesystem::exists(folder / "text.life-lock"));
}

TEST_CASE("a life made by a newer version is refused and left alone") {
  TempFolder folder;
  { Life life = Life::create(folder / "a.life", small_options()); }
  Database(folder / "a.life", OpenMode::kReadWrite, 1).execute("PRAGMA user_version = 7");
  const std::string expected = "made by a newer noema (format 7, this one reads up to " + std::to_string(kFormat) + ")";
  CHECK_THAT(open_error(folder / "a.life"), Catch::Contains(expected));
  CHECK_THAT(open_error(folder / "a.life", Access::kRead), Catch::Contains(expected));
}

TEST_CASE("a truncated life is refused or found damaged, never half used") {
  TempFolder folder;
  {
    Life life = Life::create(folder / "a.life", small_options());
    for (int i = 0; i < 2000; ++i) append_text(life, "episode " + std::to_string(i));
    life.commit();
  }
  const std::string whole = base::read_file(folder / "a.life");
  for (const double share : {0.999, 0.7, 0.3, 0.05}) {
    std::filesystem::remove(folder / "b.life");
    base::write_file(folder / "b.life",
                     whole.substr(0, static_cast<std::size_t>(static_cast<double>(whole.size()) * share)));
    CHECK_THAT(open_error(folder / "b.life"), Catch::Contains("damaged"));
    CHECK_THAT(open_error(folder / "b.life", Access::kRead), Catch::Contains("damaged"));
  }
}

TEST_CASE("a folder that cannot be written gives one line, and reading goes on there") {
  TempFolder folder;
  const auto path = folder / "a.life";
  {
    Life life = Life::create(path, small_options());
    life.append(episode_row("x"), "x");
    life.commit();
  }
  chmod(folder.path().c_str(), 0555);
  chmod(path.c_str(), 0444);
  const auto write_error = error_as_nobody([&] { Life::open(path, Access::kWrite); });
  if (!write_error) {
    WARN("skipped: only root can become a user without rights");
    return;
  }
  CHECK_THAT(*write_error, Catch::Contains("cannot be opened for writing"));
  CHECK(*error_as_nobody([&] {
    if (Life::open(path, Access::kRead).episodes().find(1)->text != "x") throw base::Error("wrong text");
  }) == "no error");
  CHECK_THAT(*error_as_nobody([&] { Life::create(folder / "b.life", small_options()); }), Catch::Contains("b.life"));
  CHECK_FALSE(std::filesystem::exists(folder / "b.life"));
  chmod(folder.path().c_str(), 0777);
  CHECK_THAT(*error_as_nobody([&] { Life::open(path, Access::kWrite); }), Catch::Contains("cannot be written"));
}

TEST_CASE("a full disk gives one line, loses nothing acknowledged, and the life goes on with more space") {
  TempFolder folder;
  const auto disk = folder / "disk";
  std::filesystem::create_directory(disk);
  if (mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=1m") != 0) {
    WARN("skipped: a small disk needs the right to mount one");
    return;
  }
  std::string message;
  EpisodeId acknowledged = 0;
  {
    Life life = Life::create(disk / "a.life", small_options());
    message = error_of([&] {
      for (int i = 0; i < 100000; ++i) {
        append_text(life, "episode " + std::to_string(i) + std::string(100, 'x'));
        if (i % 50 != 49) continue;
        life.commit();
        acknowledged = life.counts().episodes;
      }
    });
    CHECK_THAT(message, Catch::Contains("all that was acknowledged is stored"));
    CHECK(acknowledged > 100);
    CHECK(life.counts().episodes == acknowledged);
    CHECK_FALSE(life.batch_open());
    CHECK(life.check().empty());
    CHECK_THAT(error_of([&] { life.backup(disk / "copy.life"); }), Catch::Contains("copy.life"));
    CHECK_FALSE(std::filesystem::exists(disk / "copy.life.partial"));
    REQUIRE(mount("tmpfs", disk.c_str(), "tmpfs", MS_REMOUNT, "size=8m") == 0);
    CHECK(append_text(life, "with more space") == acknowledged + 1);
    life.commit();
  }
  {
    Life life = Life::open(disk / "a.life", Access::kRead);
    CHECK(life.counts().episodes == acknowledged + 1);
    CHECK(life.check().empty());
  }
  CHECK(umount(disk.c_str()) == 0);
}

TEST_CASE("a life cannot be made on a full disk, and nothing is left there") {
  TempFolder folder;
  const auto disk = folder / "disk";
  std::filesystem::create_directory(disk);
  if (mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=64k") != 0) {
    WARN("skipped: a small disk needs the right to mount one");
    return;
  }
  CHECK_THAT(error_of([&] { Life::create(disk / "a.life", small_options()); }), Catch::Contains("a.life"));
  CHECK(std::filesystem::is_empty(disk));
  CHECK(umount(disk.c_str()) == 0);
}

TEST_CASE("a life that is synchronised fully stores the same") {
  TempFolder folder;
  CreateOptions options = small_options();
  options.open.sync = Sync::kFull;
  {
    Life life = Life::create(folder / "a.life", options);
    life.append(episode_row("x"), "x");
    life.commit();
  }
  Life life = Life::open(folder / "a.life", Access::kWrite, {.sync = Sync::kFull});
  CHECK(life.episodes().find(1)->text == "x");
}

TEST_CASE("a life open for reading is not written to") {
  TempFolder folder;
  { Life life = Life::create(folder / "a.life", small_options()); }
  Life reader = Life::open(folder / "a.life", Access::kRead);
  CHECK_THROWS_AS(reader.append(episode_row("x"), "x"), std::logic_error);
}

}  // namespace noema::memory
