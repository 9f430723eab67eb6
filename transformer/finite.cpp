#include "transformer/finite.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

#include "base/error.h"

namespace noema::transformer {

std::optional<std::size_t> first_non_finite(std::span<const float> values) {
  constexpr std::size_t kBlock = 4096;
  constexpr std::uint32_t kMagnitude = 0x7FFFFFFF, kInfinity = 0x7F800000;
  for (std::size_t begin = 0; begin < values.size(); begin += kBlock) {
    const auto block = values.subspan(begin, std::min(kBlock, values.size() - begin));
    std::uint32_t largest = 0;  // bits are ordered like magnitudes; those of NaN exceed those of infinity
    for (const float value : block) largest = std::max(largest, std::bit_cast<std::uint32_t>(value) & kMagnitude);
    if (largest < kInfinity) continue;
    const auto found = std::find_if(block.begin(), block.end(), [](float value) { return !std::isfinite(value); });
    return begin + static_cast<std::size_t>(found - block.begin());
  }
  return std::nullopt;
}

void require_finite(std::span<const float> values, std::string_view name, std::string_view what) {
  if (const auto at = first_non_finite(values))
    throw base::Error(
        fmt::format("{}: {} number {} is not finite ({}): its training diverged; take an earlier file, or train it "
                    "anew with a lower --learning-rate",
                    name, what, *at + 1, values[*at]));
}

}  // namespace noema::transformer
