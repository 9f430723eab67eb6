#include "app/server/lives.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/actions/names.h"
#include "app/server/folder_entry.h"
#include "base/error.h"
#include "memory/file_kind.h"

namespace noema::app {

namespace fs = std::filesystem;

Lives::Lives(const fs::path& life_or_folder, bool think, std::size_t most)
    : path_(life_or_folder), is_folder_(fs::is_directory(life_or_folder)), think_(think), most_(most) {
  if (!is_folder_) open_[""] = {std::make_shared<LiveMind>(path_.string(), think_), 0};
}

bool Lives::has(const std::string& name) const {
  return is_folder_ && has_entry(path_, name, fs::file_type::regular) && memory::is_life(path_ / name);
}

std::vector<std::string> Lives::names() const {
  std::vector<std::string> names;
  if (!is_folder_) return names;
  for (const auto& entry : fs::directory_iterator(path_)) {
    const std::string name = entry.path().filename().string();
    if (has(name)) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::shared_ptr<LiveMind> Lives::life(const std::string& name) {
  const std::scoped_lock lock(mutex_);
  if (!is_folder_) {
    if (!name.empty()) throw UnknownName("this server has one life, which has no name; ask for /v1/...");
    return open_.at("").mind;
  }
  if (name.empty()) throw UnknownName("this server has a folder of lives; ask for /NAME/v1/...");
  if (!has_entry(path_, name, fs::file_type::regular))
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
