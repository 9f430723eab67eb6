#pragma once
// Which file a path names: a life that is moved or deleted while it is open must not go on acknowledging into nothing.

#include <sys/types.h>

#include <filesystem>
#include <optional>

namespace noema::memory {

struct FileIdentity {
  dev_t device = 0;
  ino_t inode = 0;
  bool operator==(const FileIdentity&) const = default;
};

/// Nothing if the path names no file.
std::optional<FileIdentity> identity_of_file(const std::filesystem::path& path);

}  // namespace noema::memory
