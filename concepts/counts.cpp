#include "concepts/counts.h"

#include <algorithm>
#include <bit>

#include "base/error.h"

namespace noema::concepts {

namespace {
constexpr std::uint32_t kSmall = 16;  // slots: as cheap to move as to look through
}

CountMap& CountMap::operator=(const CountMap& other) {
  if (this == &other) return *this;
  slots_ = other.capacity_ == 0 ? nullptr : std::make_unique<Slot[]>(other.capacity_);
  std::copy_n(other.slots_.get(), other.capacity_, slots_.get());
  size_ = other.size_;
  capacity_ = other.capacity_;
  return *this;
}

/// The smallest power of two, from 2, of which the keys fill at most 7/8.
std::uint64_t CountMap::capacity_for(std::uint32_t keys) {
  if (keys == 0) return 0;
  const std::uint64_t capacity = std::bit_ceil(std::max<std::uint64_t>(2, keys));
  return keys > capacity * 7 / 8 ? 2 * capacity : capacity;
}

std::uint32_t CountMap::add(ConceptId key, std::int64_t delta) {
  if (delta == 0) return (*this)[key];
  if (capacity_ == 0) rehash(static_cast<std::uint32_t>(capacity_for(1)));
  const auto find = [&] {
    std::size_t i = home(key);
    while (slots_[i].count != 0 && slots_[i].key != key) i = (i + 1) & mask();
    return i;
  };
  std::size_t i = find();
  if (slots_[i].count == 0 && capacity_for(size_ + 1) > capacity_) {
    rehash(static_cast<std::uint32_t>(capacity_for(size_ + 1)));
    i = find();
  }
  const std::int64_t count = static_cast<std::int64_t>(slots_[i].count) + delta;
  base::check(count >= 0 && count <= 0xFFFFFFFFLL, "a count left its range");
  if (slots_[i].count == 0) ++size_;
  slots_[i] = {key, static_cast<std::uint32_t>(count)};
  if (count == 0) erase(i);
  return static_cast<std::uint32_t>(count);
}

std::vector<std::pair<ConceptId, std::uint32_t>> CountMap::sorted() const {
  std::vector<std::pair<ConceptId, std::uint32_t>> pairs;
  pairs.reserve(size_);
  for_each([&](ConceptId key, std::uint32_t count) { pairs.emplace_back(key, count); });
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

void CountMap::rehash(std::uint32_t capacity) {
  std::unique_ptr<Slot[]> old = capacity == 0 ? nullptr : std::make_unique<Slot[]>(capacity);
  old.swap(slots_);
  const std::uint32_t held = std::exchange(capacity_, capacity);
  for (std::uint32_t at = 0; at < held; ++at) {
    const Slot& slot = old[at];
    if (slot.count == 0) continue;
    std::size_t i = home(slot.key);
    while (slots_[i].count != 0) i = (i + 1) & mask();
    slots_[i] = slot;
  }
}

/// Empties `slot` and moves later slots of its run back, so that no probe is cut off.
void CountMap::erase(std::size_t slot) {
  --size_;
  std::size_t hole = slot;
  slots_[hole].count = 0;
  for (std::size_t i = (hole + 1) & mask(); slots_[i].count != 0; i = (i + 1) & mask()) {
    const std::size_t wanted = home(slots_[i].key);
    // The entry may fill the hole unless its home lies after the hole within the run.
    if (((i - wanted) & mask()) < ((i - hole) & mask())) continue;
    slots_[hole] = slots_[i];
    slots_[i].count = 0;
    hole = i;
  }
  // A large map waits until a quarter is left before it halves, so that going up and down costs O(1) a step.
  const std::uint64_t wanted = capacity_for(size_);
  if (wanted < capacity_ && (capacity_ <= kSmall || size_ < capacity_ / 4)) rehash(static_cast<std::uint32_t>(wanted));
}

}  // namespace noema::concepts
