#pragma once
// Patterns: sentences with slots. "_ lives in _ ." is what many told sentences have in common.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace noema::concepts::facts {

/// The number of a word, a character or a mark; kSlot stands for a slot of a pattern.
using Word = std::int32_t;
inline constexpr Word kSlot = -1;
/// Tables have a row for each word up to the greatest, so a greater number than this is a mistake.
inline constexpr Word kMaxWord = (1 << 24) - 1;

/// A sentence (no slots) or a pattern.
using Words = std::vector<Word>;

struct WordsHash {
  std::size_t operator()(const Words& words) const;
};

/// Words [begin, end) of a sentence that fill a slot.
struct Filler {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

/// A slot of a template is filled by at most so many words.
inline constexpr std::size_t kMaxFiller = 8;

std::size_t count_slots(const Words& pattern);
std::size_t count_constants(const Words& pattern);
/// The place in the pattern of its slot number `slot`.
std::size_t place_of_slot(const Words& pattern, std::size_t slot);

/// True if `a` is preferred where both match: more constants, then fewer slots, then an arbitrary but fixed order. A
/// total order, so which template describes a sentence depends on nothing but the set of templates.
bool more_specific(const Words& a, const Words& b);

/// The fillers of the pattern's slots, leftmost and shortest first; nothing if it does not match. `sentence` may itself
/// be a pattern, whose slots then lie inside fillers. O(words) for a pattern whose constants are distinct.
std::optional<std::vector<Filler>> match(const Words& pattern, const Words& sentence, std::size_t max_filler = kMaxFiller);

/// The pattern that two sentences share: its constants weigh as many bits as possible in sum, less `slot_bits` for each
/// slot; every slot is filled in both. Nothing if that is not worth a bit. O(words of a x words of b).
std::optional<Words> align(const Words& a, const Words& b, const std::function<double(Word)>& bits, double slot_bits = 2);

/// The pattern with the words of `filler` replaced by a slot.
Words cut_out(const Words& sentence, Filler filler);

}  // namespace noema::concepts::facts
