#pragma once
// Iterates over the characters of a text.

#include <unicode/utf8.h>

#include <cstdint>
#include <string_view>

namespace noema::app {

/// Calls visit(character, its bytes) for each character. Bytes that are not UTF-8 are visited as U+FFFD.
template <typename Visit>
void for_each_character(std::string_view text, const Visit& visit) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int32_t>(text.size());
  for (std::int32_t i = 0; i < length;) {
    const std::int32_t begin = i;
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(bytes, i, length, c);
    visit(c, text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(i - begin)));
  }
}

}  // namespace noema::app
