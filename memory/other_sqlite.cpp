#include "memory/other_sqlite.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

namespace noema::memory {

bool is_our_sqlite(const char* (*libversion)()) { return libversion == &sqlite3_libversion; }

bool has_writer(const std::filesystem::path& life) {
  const int descriptor = open((life.string() + "-lock").c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool is_held = flock(descriptor, LOCK_SH | LOCK_NB) != 0;
  close(descriptor);
  return is_held;
}

}  // namespace noema::memory
