#pragma once
// A compact map from concept to count: the cells of the graph's statistics.

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

#include "concepts/ids.h"

namespace noema::concepts {

/// Open addressing with linear probing, 8 bytes a slot, at most 7/8 full; a count of 0 is absence. One lookup touches
/// about one cache line, which is what perceiving costs. Slot order is never seen: iterate with sorted() where order
/// reaches a result, with for_each() where it cannot (sums of integers). It gives memory back as it empties. 16 bytes.
class CountMap {
  struct Slot {
    ConceptId key = 0;
    std::uint32_t count = 0;
  };

 public:
  CountMap() = default;
  CountMap(const CountMap& other) { *this = other; }
  CountMap(CountMap&& other) noexcept { *this = std::move(other); }
  CountMap& operator=(const CountMap& other);
  CountMap& operator=(CountMap&& other) noexcept {
    std::swap(slots_, other.slots_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
    return *this;
  }

  std::uint32_t operator[](ConceptId key) const {
    if (capacity_ == 0) return 0;
    for (std::size_t i = home(key);; i = (i + 1) & mask()) {
      if (slots_[i].count == 0) return 0;
      if (slots_[i].key == key) return slots_[i].count;
    }
  }

  /// Adds `delta` to the count of `key` and returns the new count. The count must stay at or above 0. Amortised O(1).
  std::uint32_t add(ConceptId key, std::int64_t delta);

  /// Number of keys with a count above 0.
  std::uint32_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  /// Pairs by ascending key. O(n log n).
  std::vector<std::pair<ConceptId, std::uint32_t>> sorted() const;

  template <typename Visit>
  void for_each(Visit&& visit) const {
    for (std::uint32_t i = 0; i < capacity_; ++i)
      if (slots_[i].count != 0) visit(slots_[i].key, slots_[i].count);
  }

  /// Forward iterator over the keys, in slot order.
  class KeyIterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = ConceptId;
    using difference_type = std::ptrdiff_t;
    using pointer = const ConceptId*;
    using reference = ConceptId;

    KeyIterator() = default;
    ConceptId operator*() const { return slot_->key; }
    std::uint32_t count() const { return slot_->count; }
    KeyIterator& operator++() {
      ++slot_;
      skip();
      return *this;
    }
    KeyIterator operator++(int) {
      KeyIterator old = *this;
      ++*this;
      return old;
    }
    bool operator==(const KeyIterator& other) const { return slot_ == other.slot_; }

   private:
    friend class CountMap;
    KeyIterator(const Slot* slot, const Slot* end) : slot_(slot), end_(end) { skip(); }
    void skip() {
      while (slot_ != end_ && slot_->count == 0) ++slot_;
    }
    const Slot* slot_ = nullptr;
    const Slot* end_ = nullptr;
  };
  KeyIterator begin() const { return {slots_.get(), slots_.get() + capacity_}; }
  KeyIterator end() const { return {slots_.get() + capacity_, slots_.get() + capacity_}; }

  /// What so many keys need: a function of their number alone, whatever was in the map before.
  std::uint64_t bytes() const { return capacity_for(size_) * sizeof(Slot); }
  /// What it holds now: at most twice bytes(), as a map that empties halves when a quarter is left.
  std::uint64_t held_bytes() const { return capacity_ * sizeof(Slot); }

 private:
  static std::uint64_t capacity_for(std::uint32_t keys);
  std::size_t mask() const { return capacity_ - 1; }
  std::size_t home(ConceptId key) const { return (key * std::uint64_t{0x9E3779B97F4A7C15} >> 32) & mask(); }
  void rehash(std::uint32_t capacity);
  void erase(std::size_t slot);

  std::unique_ptr<Slot[]> slots_;
  std::uint32_t size_ = 0;
  std::uint32_t capacity_ = 0;  // 0 or a power of two
};

}  // namespace noema::concepts
