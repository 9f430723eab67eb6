#include "base/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "base/error.h"

namespace noema::base {

void require_file(const std::filesystem::path& path) {
  std::error_code code;
  const auto status = std::filesystem::status(path, code);
  if (status.type() == std::filesystem::file_type::not_found)
    throw Error(fmt::format("{}: no such file; check the path", path.string()));
  if (std::filesystem::is_directory(status))
    throw Error(fmt::format("{}: is a folder, expected a file", path.string()));
}

std::string read_file(const std::filesystem::path& path) {
  require_file(path);
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Error(fmt::format("{}: cannot be read: {}", path.string(), std::strerror(errno)));
  std::string content{std::istreambuf_iterator<char>(in), {}};
  if (in.bad()) throw Error(fmt::format("{}: reading failed: {}", path.string(), std::strerror(errno)));
  return content;
}

void write_file(const std::filesystem::path& path, std::string_view content) {
  const std::filesystem::path part = path.string() + fmt::format(".part{}", ::getpid());
  const int file = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0)
    throw Error(fmt::format("{}: cannot be written: {}; check that the folder exists and is writable", path.string(),
                            std::strerror(errno)));
  bool good = true;
  for (std::size_t written = 0; good && written < content.size();) {
    const ssize_t n = ::write(file, content.data() + written, content.size() - written);
    if (n < 0 && errno == EINTR) continue;
    good = n > 0;
    if (good) written += static_cast<std::size_t>(n);
  }
  good = good && ::fsync(file) == 0;
  const int reason = errno;
  ::close(file);
  if (!good || ::rename(part.c_str(), path.c_str()) != 0) {
    const int why = good ? errno : reason;
    ::unlink(part.c_str());
    throw Error(fmt::format("{}: writing failed: {}; nothing was changed", path.string(), std::strerror(why)));
  }
}

}  // namespace noema::base
