#pragma once
// The life as it was at a moment, as a file that every action opens as it opens a life.

#include <memory>
#include <string>

#include "base/temporary_folder.h"
#include "reasoning/as_of.h"

namespace noema::app {

class LifeAsOf {
 public:
  /// as_of: a time or the number of an input; empty, now and later mean the life itself, which is then opened and not
  /// replayed. Otherwise the log is replayed up to then into a temporary file, which is gone with this object. Throws
  /// base::Error for what is no moment, base::Interrupted if it is stopped. O(log up to then), and as much space.
  LifeAsOf(const std::string& life, const std::string& as_of, const reasoning::ReplayEvents& events = {});

  const std::string& path() const { return path_; }

 private:
  std::unique_ptr<base::TemporaryFolder> folder_;
  std::string path_;
};

}  // namespace noema::app
