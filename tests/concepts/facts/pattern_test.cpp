#include "concepts/facts/pattern.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "base/rng.h"

using namespace noema::concepts::facts;
using noema::base::Rng;

namespace {

Words random_words(Rng& rng, std::size_t least, std::size_t most, Word kinds, bool with_slots) {
  Words words(least + rng.below(most - least + 1));
  for (Word& word : words) word = with_slots && rng.below(2) == 0 ? kSlot : static_cast<Word>(rng.below(kinds));
  return words;
}

/// All ways to match: each slot tries each length.
void all_matches(const Words& pattern, const Words& sentence, std::size_t max_filler, std::size_t in_pattern,
                 std::size_t in_sentence, std::vector<std::size_t>& lengths,
                 std::vector<std::vector<std::size_t>>& found) {
  if (in_pattern == pattern.size()) {
    if (in_sentence == sentence.size()) found.push_back(lengths);
    return;
  }
  if (pattern[in_pattern] != kSlot) {
    if (in_sentence < sentence.size() && sentence[in_sentence] == pattern[in_pattern])
      all_matches(pattern, sentence, max_filler, in_pattern + 1, in_sentence + 1, lengths, found);
    return;
  }
  for (std::size_t length = 1; length <= max_filler && in_sentence + length <= sentence.size(); ++length) {
    lengths.push_back(length);
    all_matches(pattern, sentence, max_filler, in_pattern + 1, in_sentence + length, lengths, found);
    lengths.pop_back();
  }
}

/// The lengths of the fillers, leftmost and shortest first.
std::optional<std::vector<std::size_t>> plain_match(const Words& pattern, const Words& sentence,
                                                    std::size_t max_filler) {
  std::vector<std::size_t> lengths;
  std::vector<std::vector<std::size_t>> found;
  all_matches(pattern, sentence, max_filler, 0, 0, lengths, found);
  if (found.empty()) return std::nullopt;
  return *std::min_element(found.begin(), found.end());
}

std::optional<std::vector<std::size_t>> lengths_of(const std::optional<std::vector<Filler>>& fillers) {
  if (!fillers) return std::nullopt;
  std::vector<std::size_t> lengths;
  for (const Filler& filler : *fillers) lengths.push_back(filler.end - filler.begin);
  return lengths;
}

/// The pattern with its slots filled: the sentence that was matched.
Words filled(const Words& pattern, const Words& sentence, const std::vector<Filler>& fillers) {
  Words words;
  std::size_t slot = 0;
  for (const Word word : pattern)
    if (word != kSlot) {
      words.push_back(word);
    } else {
      words.insert(words.end(), sentence.begin() + fillers[slot].begin, sentence.begin() + fillers[slot].end);
      ++slot;
    }
  return words;
}

/// All patterns without two slots in a row that generalise a sentence.
std::set<Words> generalisations(const Words& sentence) {
  std::set<Words> found;
  for (std::uint32_t mask = 0; mask < (1U << sentence.size()); ++mask) {
    Words pattern;
    for (std::size_t i = 0; i < sentence.size(); ++i)
      if ((mask >> i & 1) == 0)
        pattern.push_back(sentence[i]);
      else if (pattern.empty() || pattern.back() != kSlot)
        pattern.push_back(kSlot);
    found.insert(pattern);
  }
  return found;
}

double bits_of(Word word) { return 1.25 + 1.5 * word; }

double score(const Words& pattern, double slot_bits) {
  double bits = 0;
  for (const Word word : pattern) bits += word == kSlot ? -slot_bits : bits_of(word);
  return bits;
}

}  // namespace

TEST_CASE("a match is the leftmost and shortest of all matches") {
  Rng rng(1);
  std::size_t matched = 0;
  for (int i = 0; i < 20000; ++i) {
    const Words pattern = random_words(rng, 0, 5, 2, true);
    const Words sentence = random_words(rng, 0, 8, 2, false);
    const std::size_t max_filler = 1 + rng.below(4);
    const auto fillers = match(pattern, sentence, max_filler);
    REQUIRE(lengths_of(fillers) == plain_match(pattern, sentence, max_filler));
    if (!fillers) continue;
    ++matched;
    CHECK(filled(pattern, sentence, *fillers) == sentence);
  }
  CHECK(matched > 1000);
}

TEST_CASE("a pattern that a sentence shares with another one scores as much as the best of all common patterns") {
  Rng rng(2);
  for (int i = 0; i < 1500; ++i) {
    const Words a = random_words(rng, 1, 7, 3, false);
    const Words b = random_words(rng, 1, 7, 3, false);
    const double slot_bits = 0.5 + static_cast<double>(rng.below(8)) / 2;
    const std::set<Words> of_a = generalisations(a);
    double best = 0;
    for (const Words& pattern : generalisations(b))
      if (of_a.contains(pattern)) best = std::max(best, score(pattern, slot_bits));
    const auto shared = align(a, b, bits_of, slot_bits);
    REQUIRE(shared.has_value() == (best > 0));
    if (!shared) continue;
    CHECK(score(*shared, slot_bits) == Approx(best));
    CHECK(of_a.contains(*shared));
    CHECK(match(*shared, a, a.size()).has_value());
    CHECK(match(*shared, b, b.size()).has_value());
  }
}

TEST_CASE("sentences without a common word, or without any, share nothing") {
  CHECK(align({}, {}, bits_of) == std::nullopt);
  CHECK(align({1}, {}, bits_of) == std::nullopt);
  CHECK(align({1, 2}, {3, 4}, bits_of) == std::nullopt);
  CHECK(align({1, 2}, {1, 2}, bits_of) == Words{1, 2});
  CHECK(align({1, 5, 2}, {1, 6, 7, 2}, bits_of) == Words{1, kSlot, 2});
}

TEST_CASE("more specific is a strict total order: more constants, then fewer places, then more slots") {
  CHECK(more_specific({1, 2}, {1, kSlot}));
  CHECK(more_specific({1, 2, kSlot}, {1, kSlot, 2, kSlot}));
  CHECK(more_specific({1, 2, kSlot, kSlot}, {1, 2, kSlot}));
  CHECK(more_specific({1, kSlot, 2, kSlot}, {kSlot, 3}));
  Rng rng(3);
  for (int i = 0; i < 20000; ++i) {
    const Words a = random_words(rng, 0, 4, 2, true);
    const Words b = random_words(rng, 0, 4, 2, true);
    const Words c = random_words(rng, 0, 4, 2, true);
    REQUIRE(more_specific(a, b) + more_specific(b, a) == (a == b ? 0 : 1));
    if (more_specific(a, b) && more_specific(b, c)) REQUIRE(more_specific(a, c));
  }
}

TEST_CASE("cutting a filler out leaves a slot that the filler fills") {
  CHECK(cut_out({1, 2, 3, 4}, {1, 3}) == Words{1, kSlot, 4});
  CHECK(cut_out({1, 2}, {0, 2}) == Words{kSlot});
  CHECK(cut_out({1, 2}, {2, 2}) == Words{1, 2, kSlot});
  Rng rng(4);
  for (int i = 0; i < 1000; ++i) {
    const Words sentence = random_words(rng, 1, kMaxFiller, 3, false);
    const auto begin = static_cast<std::uint32_t>(rng.below(sentence.size()));
    const auto end = static_cast<std::uint32_t>(begin + 1 + rng.below(sentence.size() - begin));
    const Words pattern = cut_out(sentence, {begin, end});
    CHECK(pattern[place_of_slot(pattern, 0)] == kSlot);
    CHECK(filled(pattern, sentence, {{begin, end}}) == sentence);
    CHECK(match(pattern, sentence).has_value());
  }
}

TEST_CASE("slots, constants and the places of slots are counted") {
  const Words pattern{kSlot, 4, kSlot, kSlot, 5};
  CHECK(count_slots(pattern) == 3);
  CHECK(count_constants(pattern) == 2);
  CHECK(place_of_slot(pattern, 0) == 0);
  CHECK(place_of_slot(pattern, 1) == 2);
  CHECK(place_of_slot(pattern, 2) == 3);
  CHECK(count_slots({}) == 0);
}

TEST_CASE("matching at the edges: nothing, only slots, a pattern longer than the sentence, the longest filler") {
  CHECK(lengths_of(match({}, {})) == std::vector<std::size_t>{});
  CHECK_FALSE(match({}, {1}));
  CHECK_FALSE(match({kSlot}, {}));
  CHECK_FALSE(match({1}, {}));
  CHECK_FALSE(match({kSlot, 1, kSlot}, {5, 1}));
  CHECK(lengths_of(match({kSlot, kSlot}, {1, 2, 3})) == std::vector<std::size_t>{1, 2});
  CHECK(match({kSlot}, Words(kMaxFiller, 7)).has_value());
  CHECK_FALSE(match({kSlot}, Words(kMaxFiller + 1, 7)));
  CHECK(match({kSlot, kSlot}, Words(2 * kMaxFiller, 7)).has_value());
  CHECK_FALSE(match({kSlot, kSlot}, Words(2 * kMaxFiller + 1, 7)));
}

TEST_CASE("a filler may be as long as the largest number, and lie past word 65535") {
  CHECK(match({kSlot, 1}, {5, 5, 1}, ~std::size_t{0}).has_value());
  Words sentence(70000, 1);
  sentence.back() = 2;
  Words pattern = sentence;
  pattern.back() = kSlot;
  const auto fillers = match(pattern, sentence);
  REQUIRE(fillers);
  CHECK(fillers->front().begin == 69999);
  CHECK(fillers->front().end == 70000);
}

TEST_CASE("a pattern matches a more specific one, whose slots lie inside fillers") {
  CHECK(lengths_of(match({kSlot, 1, kSlot}, {kSlot, 1, 2, kSlot})) == std::vector<std::size_t>{1, 2});
  CHECK_FALSE(match({kSlot, 1, 2, kSlot}, {kSlot, 1, kSlot}));
  CHECK_FALSE(match({1}, {kSlot}));
}
