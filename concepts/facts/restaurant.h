#pragma once
// An adaptive code for a growing set of dishes: a dish that came often takes few bits, and a new one is always
// possible.

#include <cstdint>
#include <map>
#include <unordered_map>

namespace noema::concepts::facts {

/// A Pitman-Yor code with one table for each dish (Teh 2006; the discount is fixed). The length of a sequence does not
/// depend on its order, so whoever leaves saves exactly the bits that he would have cost as the last customer.
class Restaurant {
 public:
  explicit Restaurant(double concentration = 1) : concentration_(concentration) {}

  /// Seats a customer and returns the bits of the dish. Sets `is_new` if nobody had the dish: the caller then adds the
  /// bits that say which dish it is.
  double add(std::uint32_t dish, bool& is_new);
  /// Takes a customer away and returns the bits that this saves. Sets `is_gone` if nobody has the dish any more.
  double remove(std::uint32_t dish, bool& is_gone);

  std::uint32_t count(std::uint32_t dish) const;
  std::uint64_t total() const { return total_; }
  std::size_t dishes() const { return counts_.size(); }
  /// Calls use(dish, count) for each dish, in no order.
  template <typename Use>
  void each(const Use& use) const {
    for (const auto& [dish, count] : counts_) use(dish, count);
  }

 private:
  double bits(std::uint32_t count) const;

  double concentration_;
  std::unordered_map<std::uint32_t, std::uint32_t> counts_;
  std::uint64_t total_ = 0;
};

/// Bits of a sequence of right and wrong answers by the estimator of Krichevsky and Trofimov (1981). O(answers).
double krichevsky_trofimov(std::uint32_t right, std::uint32_t wrong);

}  // namespace noema::concepts::facts
