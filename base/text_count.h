#pragma once
// How much text was read, for numbers per word and per character.

#include <cstdint>
#include <string_view>

#include "base/numbers.h"

namespace noema::base {

/// Counts a text line by line, for numbers per word and per character.
class TextCount {
 public:
  void add(std::string_view line);
  /// Whether numbers per word mean something (base::has_words).
  bool has_words() const { return base::has_words(words_, lines_, characters_); }
  /// Code points, line ends included.
  std::uint64_t characters() const { return characters_; }

 private:
  std::uint64_t words_ = 0, lines_ = 0, characters_ = 0;  // white-space words; lines that hold any
};

}  // namespace noema::base
