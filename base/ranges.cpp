#include "base/ranges.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "base/error.h"

namespace noema::base {
namespace {

constexpr double kTwoTo64 = 18446744073709551616.0;

std::string number(double value, bool whole) {
  if (whole && value >= kTwoTo64) return "18446744073709551615";  // the double nearest to 2^64 - 1 is 2^64
  return whole ? fmt::format("{:.0f}", value) : fmt::format("{}", value);
}

/// The whole text as a number, or nothing.
template <typename Number>
std::optional<Number> parsed(std::string_view text) {
  if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);  // from_chars() takes minus signs alone
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

bool Range::contains(double value) const {
  if (!std::isfinite(value) || (whole && value != std::floor(value))) return false;
  return (without_least ? value > least : value >= least) && (without_most ? value < most : value <= most);
}

std::string Range::expected() const {
  const char* kind = whole ? "a whole number" : "a number";
  if (without_least && without_most)
    return fmt::format("{} between {} and {}", kind, number(least, whole), number(most, whole));
  return fmt::format("{} {} {} {} {}", kind, without_least ? "above" : "from", number(least, whole),
                     without_most ? "to below" : "to", number(most, whole));
}

std::optional<std::string> Range::complaint(std::string_view text) const {
  const auto fault = [&] { return fmt::format("expected {}, found {}", expected(), text.empty() ? "nothing" : text); };
  if (whole && least >= 0) {
    const auto value = parsed<std::uint64_t>(text);
    const bool fits = value && static_cast<double>(*value) >= least &&
                      (most >= kTwoTo64 || *value <= static_cast<std::uint64_t>(most));
    return fits ? std::nullopt : std::optional(fault());
  }
  const auto value = parsed<double>(text);
  return value && contains(*value) ? std::nullopt : std::optional(fault());
}

std::optional<std::string> Range::complaint(double value) const {
  if (contains(value)) return std::nullopt;
  return fmt::format("expected {}, found {}", expected(), value);
}

void Range::require(std::string_view name, double value) const {
  if (const auto fault = complaint(value)) throw UsageError(fmt::format("{}: {}", name, *fault));
}

}  // namespace noema::base
