#include "base/output.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <optional>

#include "base/error.h"

namespace noema::base {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kNewFile = 0666;  // less the umask
constexpr mode_t kPermissions = 07777;
constexpr int kMostLinks = 40;

std::string why(int code) {
  if (code == EPIPE) return "the reading end was closed";
  return std::strerror(code);
}

[[noreturn]] void refuse(const fs::path& path, const std::string& what) {
  throw Error(fmt::format("{}: {}", path.string(), what));
}

std::optional<struct stat> status_of(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0) return status;
  if (errno == ENOENT) return std::nullopt;
  refuse(path, fmt::format("cannot be written: {}; check the path", why(errno)));
}

/// The descriptor of this program's output that the file is, or nothing.
std::optional<int> own_output(const struct stat& status) {
  for (const int descriptor : {STDOUT_FILENO, STDERR_FILENO}) {
    struct stat own {};
    if (::fstat(descriptor, &own) == 0 && own.st_dev == status.st_dev && own.st_ino == status.st_ino) return descriptor;
  }
  return std::nullopt;
}

/// Where the symbolic links of a path end; the last one need not lead to a file that is there.
fs::path followed(fs::path path) {
  std::error_code code;
  for (int links = 0; fs::is_symlink(fs::symlink_status(path, code)); ++links) {
    if (links == kMostLinks) refuse(path, "the symbolic links lead in a circle; name a file");
    const fs::path target = fs::read_symlink(path, code);
    if (code) refuse(path, "the symbolic link cannot be read; name a file");
    path = target.is_absolute() ? target : path.parent_path() / target;
  }
  return path;
}

fs::path folder_of(const fs::path& file) { return file.has_parent_path() ? file.parent_path() : fs::path("."); }

/// What keeps the path from being written to, for an Error; nothing if it can be.
void require_kind(const fs::path& path, const struct stat& status) {
  if (S_ISDIR(status.st_mode)) refuse(path, "is a folder, expected a file");
  if (!S_ISREG(status.st_mode) && !S_ISFIFO(status.st_mode) && !S_ISCHR(status.st_mode))
    refuse(path, "is neither a file, a pipe nor a terminal; name a file");
}

/// Writes all of it; the error code if that fails, otherwise 0.
int write_all(int file, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(file, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return written == 0 ? ENOSPC : errno;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

void write_through(const fs::path& path, std::string_view content) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
  if (file < 0) refuse(path, fmt::format("cannot be written: {}", why(errno)));
  int failed = write_all(file, content);
  if (::close(file) != 0 && failed == 0) failed = errno;
  if (failed != 0) refuse(path, fmt::format("writing failed: {}", why(failed)));
}

void replace(const fs::path& path, std::string_view content, std::optional<mode_t> permissions) {
  const fs::path part = path.string() + fmt::format(".part{}", ::getpid());
  const int file = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kNewFile);
  if (file < 0)
    refuse(path, fmt::format("cannot be written: {}; check that the folder exists and is writable", why(errno)));
  int failed = permissions && ::fchmod(file, *permissions) != 0 ? errno : 0;
  if (failed == 0) failed = write_all(file, content);
  if (failed == 0 && ::fsync(file) != 0) failed = errno;
  if (::close(file) != 0 && failed == 0) failed = errno;
  if (failed == 0 && ::rename(part.c_str(), path.c_str()) != 0) failed = errno;
  if (failed == 0) return;
  ::unlink(part.c_str());
  refuse(path, fmt::format("writing failed: {}; nothing was changed", why(failed)));
}

}  // namespace

void write_file(const fs::path& path, std::string_view content) {
  const auto status = status_of(path);
  if (!status) return replace(followed(path), content, std::nullopt);
  if (const auto output = own_output(*status); output && !S_ISDIR(status->st_mode)) {
    flush_standard_output();
    if (const int failed = write_all(*output, content); failed != 0)
      refuse(path, fmt::format("writing failed: {}", why(failed)));
    return;
  }
  require_kind(path, *status);
  if (!S_ISREG(status->st_mode)) return write_through(path, content);
  replace(followed(path), content, status->st_mode & kPermissions);
}

void require_writable(const fs::path& path) {
  const auto status = status_of(path);
  if (status && own_output(*status) && !S_ISDIR(status->st_mode)) return;
  if (status) require_kind(path, *status);
  if (status && !S_ISREG(status->st_mode)) {
    if (::access(path.c_str(), W_OK) != 0) refuse(path, fmt::format("cannot be written: {}", why(errno)));
    return;
  }
  const fs::path folder = folder_of(followed(path));
  if (!fs::is_directory(folder)) refuse(folder, "no such folder; create it or name another file");
  if (::access(folder.c_str(), W_OK) != 0)
    refuse(folder, "cannot be written to; change its permissions or name another file");
}

namespace {

[[noreturn]] void standard_output_failed(int code) {
  std::clearerr(stdout);  // what could not be written is not tried again when the program ends
  throw Error(fmt::format("writing to standard output failed: {}",
                          code == 0 ? "check that it is open and that the disk is not full" : why(code)));
}

}  // namespace

void write_standard_output(std::string_view text) {
  errno = 0;
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) standard_output_failed(errno);
}

void flush_standard_output() {
  errno = 0;
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) standard_output_failed(errno);
}

}  // namespace noema::base
