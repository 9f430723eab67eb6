#pragma once
// Patterns: sentences with slots. The pattern "_ lives in _ ." is what many told sentences have in common.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace noema::concepts::facts {

/// The number of a word, a character or a mark; kSlot stands for a slot of a pattern.
using Word = std::int32_t;
inline constexpr Word kSlot = -1;
/// The greatest number of a word. Tables have a row for each number, so a greater one would take too much memory.
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
/// How many of the slots do not stand behind another slot.
std::size_t count_places(const Words& pattern);
/// The place in the pattern of its slot number `slot`.
std::size_t place_of_slot(const Words& pattern, std::size_t slot);

/// True if `a` is preferred where both match: it has more constants, or as many and fewer places with slots, or as many
/// and more slots at these places; between equals the numbers of the words decide. This is a total order, so the
/// template of a sentence depends only on which templates there are, not on when they were made.
bool more_specific(const Words& a, const Words& b);

/// The fillers of the pattern's slots; nothing if it does not match. The first slot takes as few words as it can, then
/// the second, and so on; no slot takes more than `max_filler`. `sentence` may itself be a pattern, whose slots then
/// lie inside fillers. O(words) for a pattern whose constants are distinct.
std::optional<std::vector<Filler>> match(const Words& pattern, const Words& sentence,
                                         std::size_t max_filler = kMaxFiller);

/// The pattern that matches both sentences and scores highest: the sum of `bits` of its constants, less `slot_bits` for
/// each slot. Fillers may be of any length. Nothing if no pattern scores above zero. O(words of a x words of b).
std::optional<Words> align(const Words& a, const Words& b, const std::function<double(Word)>& bits,
                           double slot_bits = 2);

/// The words of `filler`.
Words filler_of(const Words& sentence, Filler filler);
/// The pattern with the words of `filler` replaced by a slot.
Words cut_out(const Words& sentence, Filler filler);
/// The pattern with `part` replaced by a slot; nothing if it does not contain it.
std::optional<Words> without(const Words& pattern, const Words& part);

}  // namespace noema::concepts::facts
