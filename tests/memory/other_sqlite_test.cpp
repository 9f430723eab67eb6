#include "memory/other_sqlite.h"

#include <sqlite3.h>

#include "memory/lock.h"
#include "tests/memory/support.h"

namespace noema::memory {

TEST_CASE("our SQLite is told from another one") {
  CHECK(is_our_sqlite(&sqlite3_libversion));
  CHECK_FALSE(is_our_sqlite([] { return "3.40.1"; }));
}

TEST_CASE("whether a life has a writer is seen without making anything") {
  TempFolder folder;
  CHECK_FALSE(has_writer(folder / "a.life"));
  CHECK_FALSE(std::filesystem::exists(folder / "a.life-lock"));
  const WriterLock lock(folder / "a.life");
  CHECK(has_writer(folder / "a.life"));
}

}  // namespace noema::memory
