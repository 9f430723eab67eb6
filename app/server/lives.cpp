#include "app/server/lives.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "app/actions/names.h"
#include "base/error.h"

namespace noema::app {

namespace fs = std::filesystem;

Lives::Lives(const fs::path& life_or_folder, bool think, std::size_t most)
    : path_(life_or_folder), is_folder_(fs::is_directory(life_or_folder)), think_(think), most_(most) {
  if (!is_folder_) open_[""] = {std::make_shared<LiveMind>(path_.string(), think_), 0};
}

namespace {

/// A file whose header is that of SQLite with the application id of a life.
bool is_life(const fs::path& path) {
  constexpr std::size_t kHeader = 72, kApplicationId = 68;
  std::string header(kHeader, '\0');
  std::ifstream file(path, std::ios::binary);
  return file.read(header.data(), kHeader) && header.starts_with("SQLite format 3") &&
         header.compare(kApplicationId, 4, "noem") == 0;
}

}  // namespace

std::vector<std::string> Lives::names() const {
  std::vector<std::string> names;
  if (!is_folder_) return names;
  for (const auto& entry : fs::directory_iterator(path_)) {
    const std::string name = entry.path().filename().string();
    if (name.front() != '.' && entry.symlink_status().type() == fs::file_type::regular && is_life(entry.path()))
      names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

/// A name is one part of a path, and neither hidden nor a link: nothing outside the folder has one.
std::shared_ptr<LiveMind> Lives::life(const std::string& name) {
  const std::scoped_lock lock(mutex_);
  if (!is_folder_) {
    if (!name.empty()) throw UnknownName("this server has one life, which has no name; ask for /v1/...");
    return open_.at("").mind;
  }
  if (name.empty()) throw UnknownName("this server has a folder of lives; ask for /NAME/v1/...");
  const bool is_name =
      name.front() != '.' && name.find_first_of("/\\") == std::string::npos && name.find('\0') == std::string::npos;
  std::error_code code;
  if (!is_name || fs::symlink_status(path_ / name, code).type() != fs::file_type::regular)
    throw UnknownName(fmt::format("there is no life '{}' in the folder that is served", name));
  if (!open_.contains(name)) {
    make_room();
    open_[name].mind = std::make_shared<LiveMind>((path_ / name).string(), think_);
  }
  open_[name].asked = ++asked_;
  return open_[name].mind;
}

/// Closes the life that was longest not asked, and that nobody is asking now.
void Lives::make_room() {
  if (open_.size() < most_) return;
  auto oldest = open_.end();
  for (auto one = open_.begin(); one != open_.end(); ++one)
    if (one->second.mind.use_count() == 1 && (oldest == open_.end() || one->second.asked < oldest->second.asked))
      oldest = one;
  if (oldest == open_.end())
    throw base::Error(fmt::format("all {} lives that may be open are in use; try again", most_));
  open_.erase(oldest);
}

}  // namespace noema::app
