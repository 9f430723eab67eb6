#pragma once
// A life that repeats the log of another, entry by entry, and so becomes what the other one was.

#include <filesystem>
#include <memory>

#include "base/text.h"
#include "memory/life.h"

namespace noema::memory {

class Database;

class LogCopy {
 public:
  /// Makes a life at `target` that begins as the original began: same seed, limits, options and first model, and an
  /// empty log. The original must outlive it. Throws Error as Life::create() does.
  LogCopy(const Life& original, const std::filesystem::path& target);

  /// Appends the original's next entry. Ids and positions become those of the original. What is undone by a later entry
  /// stands until that one is repeated.
  void repeat(const LogEntry& entry);

  Life& life() { return life_; }
  ~LogCopy();

 private:
  const Life& original_;
  std::unique_ptr<Database> models_;  ///< the original's, of which Life gives only the last
  Life life_;
  base::Segmenter segmenter_;
};

}  // namespace noema::memory
