#pragma once
// The life as it was at a moment, as a file that every action opens as it opens a life.

#include <memory>
#include <string>

#include "base/temporary_folder.h"
#include "reasoning/as_of.h"

namespace noema::app {

/// Up to which position the log of a life went at a moment: a time or the number of an input. Throws base::Error for
/// what is no moment.
memory::Position position_as_of(const std::string& life, const std::string& moment);

class LifeAsOf {
 public:
  /// The log is replayed up to a position into a temporary file, which is gone with this object; up to its end, the
  /// life itself is opened and nothing replayed. Throws base::Interrupted if it is stopped. O(log up to then), and as
  /// much space.
  LifeAsOf(const std::string& life, memory::Position until, const reasoning::ReplayEvents& events = {});
  /// The same up to a moment; empty, now and later mean the life itself.
  LifeAsOf(const std::string& life, const std::string& moment, const reasoning::ReplayEvents& events = {});

  const std::string& path() const { return path_; }

 private:
  void replay(const memory::Life& present, memory::Position until, const reasoning::ReplayEvents& events);

  std::unique_ptr<base::TemporaryFolder> folder_;
  std::string path_;
};

}  // namespace noema::app
