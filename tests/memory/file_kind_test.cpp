#include "memory/file_kind.h"

#include <fstream>

#include "memory/database.h"
#include "tests/memory/file_locks.h"
#include "tests/memory/support.h"

namespace noema::memory {

TEST_CASE("a life is known by its header, and nothing else is one") {
  TempFolder folder;
  { Life::create(folder / "a.life", small_options()); }
  CHECK(is_life(folder / "a.life"));
  CHECK_FALSE(is_life(folder / "none.life"));
  CHECK_FALSE(is_life(folder / ""));
  std::ofstream(folder / "empty.life");
  std::ofstream(folder / "text.life") << "SQLite format 3, it says";
  Database(folder / "other.life", OpenMode::kCreate, 1).execute("CREATE TABLE t (a)");
  for (const char* name : {"empty.life", "text.life", "other.life"}) CHECK_FALSE(is_life(folder / name));
}

TEST_CASE("looking whether a file is a life leaves the locks that this process holds on it") {
  TempFolder folder;
  const Life writer = Life::create(folder / "a.life", small_options());
  REQUIRE(is_locked(folder / "a.life"));
  CHECK(is_life(folder / "a.life"));
  CHECK(is_locked(folder / "a.life"));
}

}  // namespace noema::memory
