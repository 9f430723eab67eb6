#include "base/files.h"

#include <fmt/format.h>

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

}  // namespace noema::base
