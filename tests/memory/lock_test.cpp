#include "memory/lock.h"

#include <sys/wait.h>
#include <unistd.h>

#include "tests/memory/support.h"

namespace noema::memory {

TEST_CASE("a second writer learns which process has the life") {
  TempFolder folder;
  const WriterLock lock(folder / "a.life");
  const std::string message = error_of([&] { const WriterLock second(folder / "a.life"); });
  CHECK_THAT(message,
             Catch::Contains("a.life: process " + std::to_string(getpid()) + " has this life open for writing"));
}

TEST_CASE("the lock goes with its holder and leaves no file behind") {
  TempFolder folder;
  { const WriterLock lock(folder / "a.life"); }
  CHECK_FALSE(std::filesystem::exists(folder / "a.life-lock"));
  CHECK(error_of([&] { const WriterLock again(folder / "a.life"); }).empty());
}

TEST_CASE("a killed holder leaves no lock") {
  TempFolder folder;
  const pid_t child = fork();
  if (child == 0) {
    const WriterLock lock(folder / "a.life");
    kill(getpid(), SIGKILL);
  }
  int status = 0;
  waitpid(child, &status, 0);
  REQUIRE(WIFSIGNALED(status));
  REQUIRE(std::filesystem::exists(folder / "a.life-lock"));
  CHECK(error_of([&] { const WriterLock lock(folder / "a.life"); }).empty());
}

TEST_CASE("a lock in a folder that is missing names the lock file") {
  CHECK_THAT(error_of([] { const WriterLock lock("/nowhere/at/all/a.life"); }),
             Catch::Contains("/nowhere/at/all/a.life-lock"));
}

}  // namespace noema::memory
