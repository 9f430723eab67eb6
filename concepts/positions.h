#pragma once
// Where units stand in the stream: ascending, added at the end, let go of at the front.

#include <algorithm>
#include <bit>
#include <cstdint>
#include <iterator>
#include <span>
#include <utility>
#include <vector>

#include "concepts/ids.h"

namespace noema::concepts {

/// Ascending positions. 4 bytes each and up to as much again.
class Positions {
 public:
  Positions() = default;
  Positions(std::vector<Position> positions) : all_(std::move(positions)) {}  // NOLINT: a list of positions is one

  const Position* begin() const { return all_.data() + gone_; }
  const Position* end() const { return all_.data() + all_.size(); }
  std::reverse_iterator<const Position*> rbegin() const { return std::reverse_iterator(end()); }
  std::reverse_iterator<const Position*> rend() const { return std::reverse_iterator(begin()); }
  std::size_t size() const { return all_.size() - gone_; }
  bool empty() const { return size() == 0; }
  Position operator[](std::size_t i) const { return begin()[i]; }
  Position back() const { return all_.back(); }
  std::vector<Position> list() const { return {begin(), end()}; }
  operator std::span<const Position>() const { return {begin(), end()}; }
  bool operator==(const Positions& other) const { return std::equal(begin(), end(), other.begin(), other.end()); }

  void push_back(Position p) {
    if (all_.size() == all_.capacity()) all_.reserve(room_for(all_.size() + 1));
    all_.push_back(p);
  }
  /// Lets go of those before p. Amortised O(1) each.
  void drop_below(Position p) {
    while (gone_ < all_.size() && all_[gone_] < p) ++gone_;
    if (gone_ == 0 || (gone_ < size() / kShare && gone_ < size())) return;
    all_.erase(all_.begin(), all_.begin() + static_cast<std::ptrdiff_t>(std::exchange(gone_, 0)));
    if (all_.size() < all_.capacity() / 2) all_.shrink_to_fit();
  }
  /// Puts positions that come before all others in front. O(n).
  void prepend(std::span<const Position> front) {
    all_.erase(all_.begin(), all_.begin() + static_cast<std::ptrdiff_t>(std::exchange(gone_, 0)));
    all_.insert(all_.begin(), front.begin(), front.end());
  }

  /// What so many positions need: a function of their number alone.
  std::uint64_t bytes() const { return room_for(size()) * sizeof(Position); }
  std::uint64_t held_bytes() const { return all_.capacity() * sizeof(Position); }

 private:
  static constexpr std::size_t kShare = 8;  // a long list keeps at most 1 / kShare beyond what it needs, at either end
  static std::size_t room_for(std::size_t size) {
    return size < 2 * kShare ? (size == 0 ? 0 : std::bit_ceil(size)) : size + size / kShare;
  }

  std::vector<Position> all_;
  std::size_t gone_ = 0;  // at the front of all_
};

}  // namespace noema::concepts
