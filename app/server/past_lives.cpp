#include "app/server/past_lives.h"

#include <algorithm>

#include "app/server/operation.h"

namespace noema::app {

std::shared_ptr<const LifeAsOf> PastLives::at(const std::string& moment, const std::stop_token& stop) {
  const memory::Position until = position_as_of(path_, moment);
  {
    const std::scoped_lock lock(mutex_);
    const auto known = std::find_if(kept_.begin(), kept_.end(), [&](const auto& one) { return one.first == until; });
    if (known != kept_.end()) {
      std::rotate(kept_.begin(), known, known + 1);
      return kept_.front().second;
    }
    if (is_replaying_) throw Busy("another moment of this life is being replayed; try again");
    is_replaying_ = true;
  }
  std::shared_ptr<const LifeAsOf> life;
  try {
    life = std::make_shared<const LifeAsOf>(path_, until, reasoning::ReplayEvents{{}, stop});
  } catch (...) {
    const std::scoped_lock lock(mutex_);
    is_replaying_ = false;
    throw;
  }
  const std::scoped_lock lock(mutex_);
  is_replaying_ = false;
  if (life->path() == path_) return life;  // the present, which does not stand still
  kept_.emplace_front(until, life);
  if (kept_.size() > most_) kept_.pop_back();
  return life;
}

}  // namespace noema::app
