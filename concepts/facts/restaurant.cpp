#include "concepts/facts/restaurant.h"

#include <cmath>

#include "base/error.h"

namespace noema::concepts::facts {
namespace {
constexpr double kDiscount = 0.5;
}

double Restaurant::bits(std::uint32_t count) const {
  const double all = static_cast<double>(total_) + concentration_;
  const double mine = count == 0 ? concentration_ + kDiscount * static_cast<double>(counts_.size()) : count - kDiscount;
  return std::log2(all / mine);
}

double Restaurant::add(std::uint32_t dish, bool& is_new) {
  const auto found = counts_.find(dish);
  is_new = found == counts_.end();
  const double cost = bits(is_new ? 0 : found->second);
  ++counts_[dish];
  ++total_;
  return cost;
}

double Restaurant::remove(std::uint32_t dish, bool& is_gone) {
  const auto found = counts_.find(dish);
  base::check(found != counts_.end(), "a customer leaves a restaurant that it never entered");
  --total_;
  is_gone = --found->second == 0;
  if (is_gone) {
    counts_.erase(found);
    return bits(0);
  }
  return bits(found->second);
}

std::uint32_t Restaurant::count(std::uint32_t dish) const {
  const auto found = counts_.find(dish);
  return found == counts_.end() ? 0 : found->second;
}

double krichevsky_trofimov(std::uint32_t right, std::uint32_t wrong) {
  double bits = 0;
  for (std::uint32_t i = 0; i < right; ++i) bits -= std::log2((i + 0.5) / (i + 1));
  for (std::uint32_t i = 0; i < wrong; ++i) bits -= std::log2((i + 0.5) / (right + i + 1));
  return bits;
}

}  // namespace noema::concepts::facts
