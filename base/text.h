#pragma once
// Text as noema sees it: valid UTF-8, cut into units (a word, a Chinese character, a mark, a line end).

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace noema::base {

/// Byte offset of the first byte that is not valid UTF-8 (or is a NUL), or nothing.
std::optional<std::size_t> first_invalid_utf8(std::string_view text);

/// True for a byte of UTF-8 that goes on with a character.
constexpr bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

/// Number of Unicode code points; `text` must be valid UTF-8.
std::size_t count_characters(std::string_view text);

/// Number of white-space separated words (any Unicode white space).
std::size_t count_words(std::string_view text);

/// True if no byte is above 127.
bool is_ascii(std::string_view text);

/// True if no character is a letter, a digit or an ideograph: a mark such as "," or "--", or nothing.
bool is_mark(std::string_view text);

/// The parts of a unit between punctuation marks and symbols inside it: "king's" has "king" and "s". One part, the
/// whole, if there are none.
std::vector<std::string> parts_between_marks(std::string_view unit);

/// True if the text's first character is white space.
bool begins_with_white_space(std::string_view text);

/// One unit of a line: the bytes [begin, end) are its surface, preceding white space and text together;
/// [text_begin, end) is the text alone. The last unit of a line is its end: trailing white space and a line feed that
/// is not among the line's bytes.
struct Unit {
  std::size_t begin = 0;
  std::size_t text_begin = 0;
  std::size_t end = 0;
  bool line_end = false;
};

/// Cuts lines into units with ICU's word boundaries (UAX #29); Han, Hiragana and Katakana are cut into characters. Not
/// thread-safe: one segmenter a thread.
class Segmenter {
 public:
  Segmenter();
  ~Segmenter();
  Segmenter(Segmenter&&) noexcept;
  Segmenter& operator=(Segmenter&&) noexcept;

  /// `line` is valid UTF-8 without its line feed. The surfaces of the result, the last one with a line feed added,
  /// concatenate to the line and its line feed; so the result always holds at least the line end. O(bytes).
  std::vector<Unit> split(std::string_view line);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The bytes of a unit of `line`, with the line feed if it is the line end.
std::string surface_of(std::string_view line, const Unit& unit);

/// Which writings are one unit. Lives keep the rule by which each of their rows was taken in.
enum class IdentityRule {
  kCaseFolded,  ///< full case folding only: composed and decomposed letters, full-width and half-width forms differ
  kCompatible,  ///< NFKC_Casefold (Unicode, chapter 3.13, D147): these are one, and ligatures are their letters
};
inline constexpr IdentityRule kPresentRule = IdentityRule::kCompatible;

/// Identity of a unit: its surface without white space before it, folded by the rule; a line feed for a line end. Never
/// empty for a surface that holds more than white space: a text that the rule folds to nothing (characters that are not
/// shown) is only case-folded.
std::string identity_of(std::string_view surface, IdentityRule rule = kPresentRule);
/// The identities of a text's units, in order, without its line end.
std::vector<std::string> identities_in(Segmenter& segmenter, std::string_view text, IdentityRule rule = kPresentRule);
/// The identities by which rows of any rule hold a unit that is written so, the present rule's first, each once.
std::vector<std::string> identities_of(std::string_view surface);

}  // namespace noema::base
