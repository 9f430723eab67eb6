#pragma once
// An adaptive code for a growing set of things: what came often is cheap, something new is always possible.

#include <cstdint>
#include <map>
#include <unordered_map>

namespace noema::concepts::facts {

/// A Pitman-Yor code with one table for each dish (Teh 2006, with the discount fixed). The code of a sequence does not
/// depend on its order, so taking back any customer gives exactly what it would have cost as the last one.
class Restaurant {
 public:
  explicit Restaurant(double concentration = 1) : concentration_(concentration) {}

  /// Seats a customer and returns the bits of its dish; `is_new` is set if the dish must be paid for beside them.
  double add(std::uint32_t dish, bool& is_new);
  /// Takes one away: the bits that it saves; `is_gone` is set if nobody has the dish any more.
  double remove(std::uint32_t dish, bool& is_gone);

  std::uint32_t count(std::uint32_t dish) const;
  std::uint64_t total() const { return total_; }
  std::size_t dishes() const { return counts_.size(); }

 private:
  double bits(std::uint32_t count) const;

  double concentration_;
  std::unordered_map<std::uint32_t, std::uint32_t> counts_;
  std::uint64_t total_ = 0;
};

}  // namespace noema::concepts::facts
