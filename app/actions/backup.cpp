#include "app/actions/backup.h"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>

#include "base/error.h"
#include "base/files.h"
#include "base/output.h"

namespace noema::app {
namespace {

namespace fs = std::filesystem;

/// A copy that is removed at the end of the scope.
struct PassingCopy {
  fs::path path;
  PassingCopy(const memory::Life& life, const fs::path& beside)
      : path(beside.string() + fmt::format(".copy{}", ::getpid())) {
    life.backup(path);
  }
  ~PassingCopy() {
    std::error_code ignored;
    fs::remove(path, ignored);
  }
  PassingCopy(const PassingCopy&) = delete;
  PassingCopy& operator=(const PassingCopy&) = delete;
};

/// Whether the database can write the copy itself: the target is no link, FIFO or device.
bool is_plain(const fs::path& target) {
  std::error_code code;
  const fs::file_type type = fs::symlink_status(target, code).type();
  return type == fs::file_type::not_found || type == fs::file_type::regular || type == fs::file_type::directory;
}

}  // namespace

BackupValue backup(const memory::Life& life, const std::string& target) {
  BackupValue value{target, 0};
  if (is_plain(target)) {
    life.backup(target);
    std::error_code code;
    const auto size = fs::file_size(target, code);
    value.file_bytes = code ? 0 : size;
    return value;
  }
  base::require_writable(target);
  if (fs::is_regular_file(target)) throw base::Error(fmt::format("{}: exists; name another file", target));
  const PassingCopy copy(life, life.path());
  const std::string content = base::read_file(copy.path);
  base::write_file(target, content);
  value.file_bytes = content.size();
  return value;
}

nlohmann::ordered_json to_json(const BackupValue& value) {
  return {{"backup", value.file}, {"file_bytes", value.file_bytes}};
}

}  // namespace noema::app
