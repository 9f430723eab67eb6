#include "app/server/folder_entry.h"

#include <string_view>

namespace noema::app {

bool has_entry(const std::filesystem::path& folder, const std::string& name, std::filesystem::file_type type) {
  if (name.empty() || name.front() == '.' || name.find_first_of(std::string_view("/\\\0", 3)) != std::string::npos)
    return false;
  std::error_code code;
  return std::filesystem::symlink_status(folder / name, code).type() == type;
}

}  // namespace noema::app
