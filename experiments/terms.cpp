#include "experiments/terms.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "transformer/translation_score.h"

namespace noema::experiments {
namespace {

/// The code point of one character in UTF-8.
char32_t code_point(const std::string& character) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
  switch (character.size()) {
    case 1: return byte(0);
    case 2: return static_cast<char32_t>((byte(0) & 0x1F) << 6 | (byte(1) & 0x3F));
    case 3: return static_cast<char32_t>((byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F));
    default:
      return static_cast<char32_t>((byte(0) & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 |
                                   (byte(3) & 0x3F));
  }
}

bool is_letter(const std::string& character) { return u_isalpha(static_cast<UChar32>(code_point(character))) != 0; }

}  // namespace

std::vector<std::string> letter_pairs(const std::string& text) {
  const auto characters = transformer::characters_of(text);
  std::vector<std::string> pairs;
  for (std::size_t i = 0; i + 1 < characters.size(); ++i) {
    if (!is_letter(characters[i]) || !is_letter(characters[i + 1])) continue;
    std::string pair = characters[i] + characters[i + 1];
    if (std::find(pairs.begin(), pairs.end(), pair) == pairs.end()) pairs.push_back(std::move(pair));
  }
  return pairs;
}

Terms::Terms(const std::vector<reasoning::ToldPair>& train, std::uint64_t most) : most_(most) {
  for (const auto& pair : train)
    for (std::string& letters : letter_pairs(pair.target)) ++trained_[std::move(letters)];
}

std::vector<Term> Terms::next(const std::string& target) {
  std::vector<Term> terms;
  for (std::string& letters : letter_pairs(target)) {
    const auto trained = trained_.find(letters);
    if (trained != trained_.end() && trained->second > most_) continue;
    const bool fresh = told_.insert(letters).second;
    terms.push_back({std::move(letters), !fresh});
  }
  return terms;
}

}  // namespace noema::experiments
