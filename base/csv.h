#pragma once
// Values separated by commas (RFC 4180).

#include <string>
#include <string_view>

namespace noema::base {

/// A text as one field: in quotes, its own doubled, where it holds a comma, a quote or a line's end.
std::string csv_field(std::string_view text);

}  // namespace noema::base
