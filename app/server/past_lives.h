#pragma once
// A served life as it was at moments that were asked for.

#include <deque>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <utility>

#include "app/actions/life_as_of.h"

namespace noema::app {

/// Thread-safe. The moments that were asked for last are kept as files, so that asking again replays nothing.
class PastLives {
 public:
  /// Opens nothing yet. `most`: moments that are kept, each with the space of a life.
  explicit PastLives(std::string path, std::size_t most = 2) : path_(std::move(path)), most_(most) {}

  /// The life at a moment (a time, or the number of an input); its file is there as long as the result is held. Throws
  /// as LifeAsOf does, and Busy while another moment is being replayed. O(log up to then) if the moment is not kept.
  std::shared_ptr<const LifeAsOf> at(const std::string& moment, const std::stop_token& stop);

 private:
  std::string path_;
  std::size_t most_;
  std::mutex mutex_;
  bool is_replaying_ = false;                                                      // guarded, as is the next
  std::deque<std::pair<memory::Position, std::shared_ptr<const LifeAsOf>>> kept_;  // the latest first
};

}  // namespace noema::app
