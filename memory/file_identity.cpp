#include "memory/file_identity.h"

#include <sys/stat.h>

namespace noema::memory {

std::optional<FileIdentity> identity_of_file(const std::filesystem::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return FileIdentity{status.st_dev, status.st_ino};
}

}  // namespace noema::memory
