#pragma once
// The lives that a server serves: one, or those of a folder, each opened when it is first asked for.

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "app/server/live_mind.h"

namespace noema::app {

class Lives {
 public:
  /// A life, which is opened at once and has no name, or a folder of lives, of which at most `most` are open at a time:
  /// the one that was longest not asked is closed for another. Throws base::Error if there is neither.
  Lives(const std::filesystem::path& life_or_folder, bool think, std::size_t most = 8);

  bool is_folder() const { return is_folder_; }
  /// The life of this name, open. Throws UnknownName for a name that is no file of the folder, base::Error if it cannot
  /// be opened, or all that may be open are in use.
  std::shared_ptr<LiveMind> life(const std::string& name);
  /// True if the folder has a life of this name.
  bool has(const std::string& name) const;
  /// The names of the lives of a folder, sorted; none where one life is served.
  std::vector<std::string> names() const;

 private:
  struct Open {
    std::shared_ptr<LiveMind> mind;
    std::uint64_t asked = 0;
  };
  void make_room();

  std::filesystem::path path_;
  bool is_folder_;
  bool think_;
  std::size_t most_;
  std::mutex mutex_;
  std::uint64_t asked_ = 0;
  std::map<std::string, Open> open_;
};

}  // namespace noema::app
