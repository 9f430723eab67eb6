#pragma once
// JSON that comes from outside.

#include <nlohmann/json.hpp>
#include <string_view>

namespace noema::base {

/// Arrays and objects that may stand in one another.
inline constexpr int kMostNested = 200;

/// The value that a text says. Discarded (is_discarded()) if the text is no JSON, or nested deeper than kMostNested:
/// values are copied and written by recursion, so a text that is nested a million times would end the program.
nlohmann::json json_from_outside(std::string_view text);

}  // namespace noema::base
