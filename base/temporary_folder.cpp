#include "base/temporary_folder.h"

#include <cerrno>
#include <cstdlib>
#include <mutex>
#include <set>
#include <system_error>

#include "base/error.h"

namespace noema::base {
namespace {

namespace fs = std::filesystem;

struct Folders {
  std::mutex mutex;
  std::set<fs::path> paths;
};

Folders& folders() {
  static Folders all;
  return all;
}

/// What another thread writes into it meanwhile is removed at the second or third try.
void remove_whole(const fs::path& path) {
  std::error_code code;
  for (int tries = 0; tries < 3 && fs::exists(path, code); ++tries) fs::remove_all(path, code);
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  std::error_code code;
  const fs::path parent = fs::temp_directory_path(code);
  std::string name = (parent / "noema-XXXXXX").string();
  if (code || ::mkdtemp(name.data()) == nullptr)
    throw Error(parent.string() + ": no temporary folder can be made there (" +
                (code ? code : std::error_code(errno, std::generic_category())).message() +
                "); set TMPDIR to a folder that can be written");
  path_ = name;
  const std::scoped_lock lock(folders().mutex);
  folders().paths.insert(path_);
}

TemporaryFolder::~TemporaryFolder() {
  const std::scoped_lock lock(folders().mutex);
  folders().paths.erase(path_);
  remove_whole(path_);
}

void remove_temporary_folders() {
  const std::scoped_lock lock(folders().mutex);
  for (const fs::path& path : folders().paths) remove_whole(path);
  folders().paths.clear();
}

}  // namespace noema::base
