#include "transformer/token_names.h"

#include <fmt/format.h>

#include <array>

#include "base/text.h"

namespace noema::transformer {
namespace {

// A UTF-8 character has at most four bytes, so at most four fragments.
constexpr std::array<const char*, 4> kNumbers = {"¹", "²", "³", "⁴"};

std::string bytes_of(std::string_view text) {
  std::string name;
  for (unsigned char byte : text) name += fmt::format("<0x{:02X}>", byte);
  return name;
}

std::string name_of(const std::string& text) {
  if (text.empty()) return "<begin>";
  return base::first_invalid_utf8(text) ? bytes_of(text) : text;
}

bool is_fragment(const std::string& text) { return !text.empty() && base::first_invalid_utf8(text).has_value(); }

}  // namespace

std::vector<std::string> token_names(const Tokenizer& tokenizer, std::span<const Token> tokens) {
  std::vector<std::string> texts, names;
  for (const Token token : tokens) texts.push_back(tokenizer.text_of(token));
  for (std::size_t i = 0; i < texts.size();) {
    // The smallest number of fragments from here on that form a character.
    std::string character;
    std::size_t end = i;
    while (end < texts.size() && end - i < kNumbers.size() && is_fragment(texts[end])) {
      character += texts[end++];
      if (!base::first_invalid_utf8(character)) break;
    }
    if (end == i || base::first_invalid_utf8(character)) {
      names.push_back(name_of(texts[i++]));
      continue;
    }
    for (std::size_t part = 0; i < end; ++i, ++part) names.push_back(character + kNumbers[part]);
  }
  return names;
}

}  // namespace noema::transformer
