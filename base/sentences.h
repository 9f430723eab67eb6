#pragma once
// The sentences of a text, by ICU's sentence boundaries (UAX #29).

#include <cstddef>
#include <string_view>
#include <vector>

namespace noema::base {

/// The bytes [begin, end) of a text.
struct TextRange {
  std::size_t begin = 0, end = 0;
  bool operator==(const TextRange&) const = default;
};

/// The sentences of a valid UTF-8 text in order, without the white space around them. A line end ends one, and so may
/// the point of an abbreviation: no list of them is used. Throws Error if ICU's tables are missing. O(bytes).
std::vector<TextRange> sentences_in(std::string_view text);

}  // namespace noema::base
