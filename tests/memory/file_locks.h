#pragma once
// Locks that SQLite holds on a file, as another process sees them.

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

namespace noema::memory {

/// Whether this process holds one. SQLite locks bytes behind the first gigabyte
/// (https://www.sqlite.org/lockingv3.html).
inline bool is_locked(const std::filesystem::path& path) {
  const pid_t child = fork();
  if (child == 0) {
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_start = 0x40000000;
    lock.l_len = 512;
    const int file = open(path.c_str(), O_RDWR);
    _exit(fcntl(file, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK ? 1 : 0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WEXITSTATUS(status) == 1;
}

}  // namespace noema::memory
