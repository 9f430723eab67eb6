#include "base/text_count.h"

#include "base/text.h"

namespace noema::base {

void TextCount::add(std::string_view line) {
  const std::size_t words = count_words(line);
  words_ += words;
  lines_ += words > 0;
  characters_ += count_characters(line) + 1;
}

}  // namespace noema::base
