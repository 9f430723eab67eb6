#include "base/sentences.h"

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include <memory>

#include "base/error.h"

namespace noema::base {
namespace {

struct CloseText {
  void operator()(UText* text) const { utext_close(text); }
};

/// The range without white space at its ends.
TextRange trimmed(std::string_view text, TextRange range) {
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  auto begin = static_cast<std::int32_t>(range.begin), end = static_cast<std::int32_t>(range.end);
  UChar32 character = 0;
  for (std::int32_t next = begin; begin < end; begin = next) {
    U8_NEXT(bytes, next, end, character);
    if (!u_isUWhiteSpace(character)) break;
  }
  for (std::int32_t last = end; end > begin; end = last) {
    U8_PREV(bytes, begin, last, character);
    if (!u_isUWhiteSpace(character)) break;
  }
  return {static_cast<std::size_t>(begin), static_cast<std::size_t>(end)};
}

}  // namespace

std::vector<TextRange> sentences_in(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> boundaries(
      icu::BreakIterator::createSentenceInstance(icu::Locale::getRoot(), status));
  if (U_FAILURE(status)) throw Error("ICU's tables of sentence boundaries are missing; reinstall libicu");
  const std::unique_ptr<UText, CloseText> opened(
      utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &status));
  boundaries->setText(opened.get(), status);
  check(U_SUCCESS(status), "ICU refuses a valid UTF-8 text");
  std::vector<TextRange> sentences;
  std::size_t begin = 0;
  for (auto end = boundaries->next(); end != icu::BreakIterator::DONE; end = boundaries->next()) {
    const TextRange sentence = trimmed(text, {begin, static_cast<std::size_t>(end)});
    if (sentence.begin < sentence.end) sentences.push_back(sentence);
    begin = static_cast<std::size_t>(end);
  }
  return sentences;
}

}  // namespace noema::base
