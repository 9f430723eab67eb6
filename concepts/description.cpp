#include "concepts/description.h"

#include <algorithm>

#include "base/error.h"
#include "base/numbers.h"

namespace noema::concepts {

using base::exact_log;
using base::log_gamma;

namespace {

constexpr std::size_t kMemo = 4096;

/// 2^(half_exponent / 2) without a power function, so that bits agree everywhere.
double half_power_of_two(std::int32_t half_exponent) {
  double value = half_exponent % 2 == 0 ? 1.0 : 1.41421356237309504880;
  std::int32_t whole = (half_exponent - (half_exponent % 2 != 0)) / 2;
  for (; whole > 0; --whole) value *= 2;
  for (; whole < 0; ++whole) value /= 2;
  return value;
}

/// What it costs to name one of so many nodes.
double naming_bits(std::uint64_t nodes) {
  return base::bits_of(exact_log(static_cast<double>(std::max<std::uint64_t>(nodes, 1))));
}

}  // namespace

LevelCode::LevelCode(std::int32_t discount, std::int32_t strength)
    : d_(discount / 32.0),
      a_(half_power_of_two(strength)),
      log_d_(exact_log(d_)),
      log_gamma_one_minus_d_(log_gamma(1 - d_)),
      log_gamma_a_(log_gamma(a_)),
      log_gamma_a_over_d_(log_gamma(a_ / d_)) {
  base::check(discount >= 1 && discount <= Concentrations::kMaxDiscount, "a discount lies between 1/32 and 31/32");
  cells_.resize(kMemo);
  for (std::size_t n = 1; n < kMemo; ++n) cells_[n] = cell_slowly(n);
}

double LevelCode::cell_slowly(std::uint64_t count) const {
  return log_gamma_one_minus_d_ - log_gamma(static_cast<double>(count) - d_);
}

double LevelCode::restaurant(std::uint64_t distinct, std::uint64_t total) const {
  if (total == 0) return 0;
  const auto dishes = static_cast<double>(distinct);
  // sum_{k<D} ln(a + d k) = D ln d + ln Gamma(a/d + D) - ln Gamma(a/d)
  return log_gamma(a_ + static_cast<double>(total)) - log_gamma_a_ -
         (dishes * log_d_ + log_gamma(a_ / d_ + dishes) - log_gamma_a_over_d_);
}

double forms_nats(std::span<const std::uint64_t> counts) {
  if (counts.size() < 2) return 0;
  double total = 0;
  double nats = 0;
  for (const std::uint64_t count : counts) {
    total += static_cast<double>(count);
    nats -= log_gamma(static_cast<double>(count) + 1);
  }
  const auto forms = static_cast<double>(counts.size());
  return nats + log_gamma(total + forms) - log_gamma(forms);
}

double sense_bits(std::size_t label_bytes) { return 1 + 8.0 * static_cast<double>(label_bytes + 1); }
double composite_bits(std::uint64_t nodes_before) { return 2 + 2 * naming_bits(nodes_before); }
double redirect_bits(std::uint64_t nodes_before) { return 3 + naming_bits(nodes_before); }
double memberships_bits(std::uint64_t memberships, std::uint64_t categories) {
  return static_cast<double>(memberships) * naming_bits(categories);
}
double category_bits() { return 5; }
double split_bits(std::uint64_t nodes_before, std::size_t neighbours) {
  return 7 + static_cast<double>(1 + neighbours) * naming_bits(nodes_before);
}
double schema_bits(std::uint64_t nodes_before) { return 8 + 2 * naming_bits(nodes_before); }

}  // namespace noema::concepts
