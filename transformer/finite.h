#pragma once
// Numbers that are still numbers: a training that diverges ends in NaN or infinity, and no such weight is stored, read
// or predicted with.

#include <optional>
#include <span>
#include <string_view>

namespace noema::transformer {

/// The index of the first NaN or infinity. O(values), about as fast as memory is read.
std::optional<std::size_t> first_non_finite(std::span<const float> values);

/// Throws Error "NAME: WHAT number I is not finite; ..." unless all are finite.
void require_finite(std::span<const float> values, std::string_view name, std::string_view what);

}  // namespace noema::transformer
