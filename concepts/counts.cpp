#include "concepts/counts.h"

#include <algorithm>

#include "base/error.h"

namespace noema::concepts {

std::uint32_t CountMap::add(ConceptId key, std::int64_t delta) {
  if (delta == 0) return (*this)[key];
  if (size_ + 1 > slots_.size() * 7 / 8) grow();
  std::size_t i = home(key);
  while (slots_[i].count != 0 && slots_[i].key != key) i = (i + 1) & mask();
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

void CountMap::grow() {
  std::vector<Slot> old(std::max<std::size_t>(2, slots_.size() * 2));
  old.swap(slots_);
  for (const Slot& slot : old) {
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
}

}  // namespace noema::concepts
