#include "memory/lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <system_error>

#include "base/error.h"

namespace noema::memory {
namespace {

std::string read_holder(int descriptor) {
  std::array<char, 32> buffer;
  const ssize_t size = pread(descriptor, buffer.data(), buffer.size(), 0);
  std::string holder(buffer.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  while (!holder.empty() && holder.back() == '\n') holder.pop_back();
  return holder.empty() ? "another process" : "process " + holder;
}

// The holder removes the file when it closes; whoever waited on the removed file must open the new one.
bool still_named(const std::filesystem::path& path, int descriptor) {
  struct stat named {};
  struct stat held {};
  return stat(path.c_str(), &named) == 0 && fstat(descriptor, &held) == 0 && named.st_ino == held.st_ino &&
         named.st_dev == held.st_dev;
}

}  // namespace

WriterLock::WriterLock(const std::filesystem::path& life) : path_(life.string() + "-lock") {
  while (true) {
    descriptor_ = open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (descriptor_ < 0) {
      const std::string reason = std::generic_category().message(errno);
      throw base::Error(life.string() + ": cannot be opened for writing, because " + path_.string() +
                        " cannot be made (" + reason +
                        "); make the folder writable, or copy the life to a folder that is");
    }
    if (flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
      const std::string holder = read_holder(descriptor_);
      close(descriptor_);
      throw HasWriter(life.string() + ": " + holder +
                      " has this life open for writing, and a life has one writer at a time; "
                      "end that process or wait for it");
    }
    if (still_named(path_, descriptor_)) break;
    close(descriptor_);
  }
  // The number only serves the message above: a full disk must not keep anybody from opening.
  const std::string pid = std::to_string(getpid()) + "\n";
  if (ftruncate(descriptor_, 0) == 0 && pwrite(descriptor_, pid.data(), pid.size(), 0) < 0) errno = 0;
}

WriterLock::~WriterLock() {
  unlink(path_.c_str());
  close(descriptor_);
}

}  // namespace noema::memory
