// A consistent copy of a life that may be in use: SQLite's online backup, then a rename that replaces nothing.

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

#include "base/error.h"
#include "memory/life_impl.h"

namespace noema::memory {
namespace {

namespace fs = std::filesystem;

// In one step: one read transaction, so one committed state; readers do not block the writer.
void copy_database(Database& from, Database& to) {
  sqlite3_backup* backup = sqlite3_backup_init(to.handle(), "main", from.handle(), "main");
  if (backup == nullptr) to.fail(sqlite3_errcode(to.handle()));
  sqlite3_backup_step(backup, -1);
  const int code = sqlite3_backup_finish(backup);
  if (code != SQLITE_OK) to.fail(code);
}

void rename_without_replacing(const fs::path& from, const fs::path& to) {
  if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return;
  // Some file systems know no such rename.
  if (errno == EINVAL && !fs::exists(to) && std::rename(from.c_str(), to.c_str()) == 0) return;
  throw base::Error(to.string() + ": the backup cannot be put there (" + std::generic_category().message(errno) +
                    "); choose another name");
}

void remove_partial(const fs::path& partial) {
  std::error_code ignored;
  for (const char* ending : {"-wal", "-shm", "-journal", ""}) fs::remove(partial.string() + ending, ignored);
}

}  // namespace

void sync_folder_of(const fs::path& path) {
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;  // a folder that may not be read; the file itself is written
  fsync(descriptor);
  close(descriptor);
}

void Life::backup(const fs::path& target) const {
  if (fs::exists(target))
    throw base::Error(target.string() +
                      ": there is such a file already; a backup replaces nothing, choose another name");
  const fs::path partial = target.string() + ".partial";
  remove_partial(partial);
  try {
    // A connection of its own, so that a batch under way is not in the copy.
    const auto source = open_for_reading(impl_->path, impl_->options.busy_seconds);
    {
      Database copy(partial, OpenMode::kCreate, impl_->options.busy_seconds);
      copy_database(*source, copy);
    }
    rename_without_replacing(partial, target);
    sync_folder_of(target);
  } catch (...) {
    remove_partial(partial);
    throw;
  }
}

}  // namespace noema::memory
