#pragma once
// Detection of NaN and infinity. A training that diverges ends in such numbers; weights with them are never stored,
// loaded or used for predictions.

#include <optional>
#include <span>
#include <string_view>

namespace noema::transformer {

/// The index of the first NaN or infinity, if there is one. O(values), at about the speed of memory.
std::optional<std::size_t> first_non_finite(std::span<const float> values);

/// Throws Error "NAME: WHAT number I is not finite; ..." unless all are finite.
void require_finite(std::span<const float> values, std::string_view name, std::string_view what);

}  // namespace noema::transformer
