#pragma once
// A folder for files that are needed for a while.

#include <filesystem>
#include <string>

namespace noema::base {

/// A new folder in that of temporary files ($TMPDIR, or else /tmp), which only this user can read; it is gone with its
/// content at the end of the scope.
class TemporaryFolder {
 public:
  /// Throws Error if it cannot be made.
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Removes all that are still there, for a program that ends where it stands. Thread-safe.
void remove_temporary_folders();

}  // namespace noema::base
