#include "memory/readers.h"

#include <algorithm>
#include <utility>

#include "base/error.h"

namespace noema::memory {

Readers::Reader::~Reader() {
  if (life_) readers_->give_back(std::move(life_));
}

Readers::Readers(std::filesystem::path path, std::size_t most, const OpenOptions& options)
    : path_(std::move(path)), most_(std::max<std::size_t>(most, 1)), options_(options) {}

Readers::~Readers() = default;

Readers::Reader Readers::take() {
  {
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [this] { return lent_ < most_; });
    ++lent_;
    if (!idle_.empty()) {
      auto life = std::move(idle_.back());
      idle_.pop_back();
      return {*this, std::move(life)};
    }
  }
  try {
    return {*this, std::make_unique<Life>(Life::open(path_, Access::kRead, options_))};
  } catch (...) {
    give_back(nullptr);
    throw;
  }
}

void Readers::give_back(std::unique_ptr<Life> life) {
  {
    const std::lock_guard lock(mutex_);
    --lent_;
    if (life) idle_.push_back(std::move(life));
  }
  returned_.notify_one();
}

}  // namespace noema::memory
