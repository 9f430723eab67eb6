#include "base/text.h"

#include <unicode/brkiter.h>
#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/normalizer2.h>
#include <unicode/uscript.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include <algorithm>

#include "base/error.h"

namespace noema::base {
namespace {

constexpr const char* kNoTables =
    "the Unicode tables that tell words and letters apart cannot be loaded; script/setup installs them";

/// The code point at `offset`, which advances past it. `text` is valid UTF-8.
UChar32 next_character(std::string_view text, std::size_t& offset) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  auto i = static_cast<std::int32_t>(offset);
  UChar32 character = 0;
  U8_NEXT(bytes, i, static_cast<std::int32_t>(text.size()), character);
  offset = static_cast<std::size_t>(i);
  return character;
}

bool stands_alone(UChar32 character) {
  if (character < 0x2E80) return false;
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(character, &status);
  return script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA;
}

std::size_t skip_white_space(std::string_view text, std::size_t offset) {
  while (offset < text.size()) {
    std::size_t next = offset;
    if (!u_isUWhiteSpace(next_character(text, next))) break;
    offset = next;
  }
  return offset;
}

}  // namespace

std::optional<std::size_t> first_invalid_utf8(std::string_view text) {
  check(text.size() < (1U << 30), "text is validated in pieces below 1 GiB");
  for (std::size_t offset = 0; offset < text.size();) {
    const std::size_t start = offset;
    if (next_character(text, offset) <= 0) return start;
  }
  return std::nullopt;
}

std::size_t count_characters(std::string_view text) {
  std::size_t count = 0;
  for (char c : text) count += !continues_character(c);
  return count;
}

std::size_t count_words(std::string_view text) {
  std::size_t count = 0;
  bool in_word = false;
  for (std::size_t offset = 0; offset < text.size();) {
    const bool white = u_isUWhiteSpace(next_character(text, offset));
    count += !white && !in_word;
    in_word = !white;
  }
  return count;
}

bool is_mark(std::string_view text) {
  for (std::size_t offset = 0; offset < text.size();)
    if (u_isalnum(next_character(text, offset))) return false;
  return true;
}

std::vector<std::string> parts_between_marks(std::string_view unit) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  const auto end_part = [&](std::size_t end) {
    if (end > begin) parts.emplace_back(unit.substr(begin, end - begin));
  };
  for (std::size_t offset = 0; offset < unit.size();) {
    const std::size_t character_begin = offset;
    if ((U_GET_GC_MASK(next_character(unit, offset)) & (U_GC_P_MASK | U_GC_S_MASK)) == 0) continue;
    end_part(character_begin);
    begin = offset;
  }
  end_part(unit.size());
  if (parts.empty()) parts.emplace_back(unit);
  return parts;
}

bool begins_with_white_space(std::string_view text) { return !text.empty() && skip_white_space(text, 0) > 0; }

struct Segmenter::State {
  std::unique_ptr<icu::BreakIterator> iterator;
  UText text = UTEXT_INITIALIZER;
  ~State() { utext_close(&text); }
};

Segmenter::Segmenter() : state_(std::make_unique<State>()) {
  UErrorCode status = U_ZERO_ERROR;
  state_->iterator.reset(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
  if (U_FAILURE(status)) throw Error(kNoTables);
}
Segmenter::~Segmenter() = default;
Segmenter::Segmenter(Segmenter&&) noexcept = default;
Segmenter& Segmenter::operator=(Segmenter&&) noexcept = default;

std::vector<Unit> Segmenter::split(std::string_view line) {
  std::vector<Unit> units;
  units.reserve(line.size() / 4 + 1);
  UErrorCode status = U_ZERO_ERROR;
  utext_openUTF8(&state_->text, line.data(), static_cast<std::int64_t>(line.size()), &status);
  state_->iterator->setText(&state_->text, status);
  check(U_SUCCESS(status), "ICU refuses a valid UTF-8 text");

  std::size_t unit_begin = 0;  // where pending white space begins
  std::size_t segment_begin = 0;
  for (std::int32_t boundary = state_->iterator->next(); boundary != icu::BreakIterator::DONE;
       boundary = state_->iterator->next()) {
    const auto segment_end = static_cast<std::size_t>(boundary);
    const std::string_view upto = line.substr(0, segment_end);
    std::size_t text_begin = skip_white_space(upto, segment_begin);
    segment_begin = segment_end;
    if (text_begin == segment_end) continue;  // white space waits for the unit it precedes
    // Characters of Chinese and Japanese are units of their own; other text of the segment stays together.
    std::size_t piece_begin = text_begin;
    for (std::size_t offset = text_begin; offset < segment_end;) {
      const std::size_t character_begin = offset;
      if (!stands_alone(next_character(upto, offset))) continue;
      if (piece_begin < character_begin) {
        units.push_back({unit_begin, piece_begin, character_begin});
        unit_begin = character_begin;
      }
      units.push_back({unit_begin, character_begin, offset});
      unit_begin = piece_begin = offset;
    }
    if (piece_begin < segment_end) units.push_back({unit_begin, piece_begin, segment_end});
    unit_begin = segment_end;
  }
  units.push_back({unit_begin, line.size(), line.size(), true});
  return units;
}

std::string surface_of(std::string_view line, const Unit& unit) {
  std::string surface(line.substr(unit.begin, unit.end - unit.begin));
  if (unit.line_end) surface += '\n';
  return surface;
}

namespace {

std::string case_folded(std::string_view text) {
  std::string folded;
  icu::StringByteSink<std::string> sink(&folded);
  UErrorCode status = U_ZERO_ERROR;
  icu::CaseMap::utf8Fold(0, icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())), sink, nullptr,
                         status);
  check(U_SUCCESS(status), "ICU cannot fold a valid UTF-8 text");
  return folded;
}

std::string compatibility_folded(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKCCasefoldInstance(status);
  if (U_FAILURE(status)) throw Error(kNoTables);
  std::string folded;
  icu::StringByteSink<std::string> sink(&folded);
  normalizer->normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())), sink, nullptr,
                            status);
  check(U_SUCCESS(status), "ICU cannot normalise a valid UTF-8 text");
  return folded.substr(skip_white_space(folded, 0));  // a spacing accent becomes a blank and an accent
}

}  // namespace

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string identity_of(std::string_view surface, IdentityRule rule) {
  if (!surface.empty() && surface.back() == '\n') return "\n";
  const std::string_view text = surface.substr(skip_white_space(surface, 0));
  if (rule == IdentityRule::kCaseFolded || is_ascii(text)) return case_folded(text);
  std::string folded = compatibility_folded(text);
  return folded.empty() ? case_folded(text) : folded;
}

std::vector<std::string> identities_in(Segmenter& segmenter, std::string_view text, IdentityRule rule) {
  std::vector<std::string> identities;
  for (const Unit& unit : segmenter.split(text))
    if (!unit.line_end) identities.push_back(identity_of(surface_of(text, unit), rule));
  return identities;
}

std::vector<std::string> identities_of(std::string_view surface) {
  std::vector<std::string> identities{identity_of(surface)};
  if (std::string other = identity_of(surface, IdentityRule::kCaseFolded); other != identities.front())
    identities.push_back(std::move(other));
  return identities;
}

}  // namespace noema::base
