#include "concepts/facts/induction.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <string>

#include "base/error.h"
#include "concepts/facts/state.h"

namespace noema::concepts::facts {
namespace {

constexpr std::size_t kMaxSlots = 4;          ///< patterns with more slots say nothing
constexpr double kMinGainBits = 4;            ///< a template must gain so much beyond log2 of the patterns counted
constexpr std::size_t kMostPatterns = 50000;  ///< beyond it, the rarest are forgotten until half as many are left
constexpr std::uint64_t kFirstSplit = 32;     ///< slots are split after 32, 64, ... sentences
constexpr std::uint64_t kFirstReview = 256;   ///< superfluous templates are forgotten after 256, 512, ... sentences

bool is_power_of_two(std::uint64_t n) { return (n & (n - 1)) == 0; }

}  // namespace

std::vector<std::uint32_t> Induction::partners(const Words& words) {
  std::set<std::uint32_t> found;
  const auto now = static_cast<std::uint32_t>(considered_);
  for (const Word word : std::set<Word>(words.begin(), words.end())) {
    auto& [last, before] = recent_[word];
    if (last) found.insert(last - 1);
    if (before) found.insert(before - 1);
    before = last;
    last = now + 1;
  }
  return {found.begin(), found.end()};
}

void Induction::consider(Told& told, std::uint32_t number) {
  base::check(number == considered_, "sentences are considered out of order");
  base::check(number < told.sentences().size(), "a sentence is considered that was not told");
  const Words words = told.sentences()[number].words;
  std::set<Words> patterns;
  if (words.size() <= kMaxWords)
    for (const std::uint32_t partner : partners(words)) {
      const Words& other = told.sentences()[partner].words;
      const auto shared = align(words, other, [&](Word word) { return told.bits_of(word); });
      if (!shared) continue;
      const std::size_t slots = count_slots(*shared);
      if (slots > 0 && slots <= kMaxSlots && slots < shared->size() && match(*shared, words)) patterns.insert(*shared);
    }
  ++considered_;
  for (const Words& pattern : patterns) {
    const std::uint32_t count = ++counts_[pattern];
    if (count < 2 || !is_power_of_two(count)) continue;
    ++tried_;
    told.propose(pattern, price());
  }
  if (considered_ >= kFirstSplit && is_power_of_two(considered_)) {
    join_constants(told);
    split_slots(told);
  }
  if (considered_ >= kFirstReview && is_power_of_two(considered_)) told.forget_superfluous();
  if (counts_.size() > kMostPatterns) forget_rare();
}

/// A slot whose fillers look like a product, and the pattern with two slots in its place.
struct Induction::Split {
  Words pattern;
  std::set<Word> heads;
};

/// The fillers of a slot may be a product: each of some first words goes with each of some rests ("Mary moved", "John
/// moved", "Mary went back").
std::optional<Induction::Split> Induction::split_of(const Told& told, TemplateId id, std::uint32_t slot) {
  Split split{told.form(id).pattern, {}};
  std::set<Words> tails;
  std::size_t fillers = 0;
  told.form(id).slots[slot].each([&](Thing thing, std::uint32_t) {
    const Words& words = told.words_of(thing);
    if (words.size() < 2) return;
    ++fillers;
    split.heads.insert(words.front());
    tails.insert(Words(words.begin() + 1, words.end()));
  });
  if (split.heads.size() + tails.size() >= fillers) return std::nullopt;
  split.pattern.insert(split.pattern.begin() + static_cast<std::ptrdiff_t>(place_of_slot(split.pattern, slot)), kSlot);
  return split;
}

/// Two slots in the place of one spell fewer things if its fillers are a product, though they code no sentence in fewer
/// bits. Templates that share such fillers are split together.
void Induction::split_slots(Told& told) {
  std::vector<Split> splits;
  for (const TemplateId id : told.used()) {
    const std::size_t slots = count_slots(told.form(id).pattern);
    for (std::uint32_t slot = 0; slot < slots && slots < kMaxSlots; ++slot)
      if (auto split = split_of(told, id, slot)) splits.push_back(std::move(*split));
  }
  std::set<Words> done;
  for (const Split& first : splits) {
    std::vector<Words> together;
    for (const Split& other : splits) {
      const auto shared = static_cast<std::size_t>(
          std::count_if(other.heads.begin(), other.heads.end(), [&](Word head) { return first.heads.contains(head); }));
      if (2 * shared >= other.heads.size() && !done.contains(other.pattern)) together.push_back(other.pattern);
    }
    if (done.contains(first.pattern)) continue;
    ++tried_;
    if (told.propose_together(together, price() + static_cast<double>(together.size())))
      done.insert(together.begin(), together.end());
    else if (together.size() > 1 && told.propose_together({first.pattern}, price()))
      done.insert(first.pattern);
  }
}

/// Templates that differ in one constant may be one with a slot in its place.
void Induction::join_constants(Told& told) {
  std::map<Words, std::size_t> joined;
  for (const TemplateId id : told.used()) {
    const Words& pattern = told.form(id).pattern;
    if (count_slots(pattern) >= kMaxSlots || count_constants(pattern) < 2) continue;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
      if (pattern[at] == kSlot) continue;
      Words other = pattern;
      other[at] = kSlot;
      ++joined[other];
    }
  }
  for (const auto& [pattern, templates] : joined) {
    if (templates < 2) continue;
    ++tried_;
    told.propose(pattern, price());
  }
}

double Induction::price() const { return std::log2(static_cast<double>(counts_.size())) + kMinGainBits; }

void Induction::forget_rare() {
  for (std::uint32_t least = 2; counts_.size() > kMostPatterns / 2; ++least)
    std::erase_if(counts_, [&](const auto& counted) { return counted.second < least; });
}

nlohmann::json Induction::save() const {
  nlohmann::json state = {{"considered", considered_}, {"tried", tried_}};
  for (const auto& [pattern, count] : std::map(counts_.begin(), counts_.end()))
    state["patterns"].push_back({pattern, count});
  for (const auto& [word, sentences] : std::map(recent_.begin(), recent_.end()))
    state["recent"].push_back({word, sentences.first, sentences.second});
  return state;
}

Induction Induction::load(const nlohmann::json& state) try {
  Induction induction;
  induction.considered_ = static_cast<std::uint64_t>(read_number(state.at("considered"), 0));
  induction.tried_ = static_cast<std::uint64_t>(read_number(state.at("tried"), 0));
  for (const auto& one : list_in(state, "patterns")) {
    const auto count = static_cast<std::uint32_t>(read_number(one.at(1), 1, std::numeric_limits<std::uint32_t>::max()));
    if (!induction.counts_.emplace(read_words(one.at(0), kSlot), count).second)
      throw base::Error("a pattern is there twice");
  }
  for (const auto& one : list_in(state, "recent")) {
    const auto word = static_cast<Word>(read_number(one.at(0), 0, kMaxWord));
    const std::int64_t last = read_number(one.at(1), 1, static_cast<std::int64_t>(induction.considered_));
    const auto before = static_cast<std::uint32_t>(read_number(one.at(2), 0, last - 1));
    if (!induction.recent_.try_emplace(word, static_cast<std::uint32_t>(last), before).second)
      throw base::Error("a word is there twice");
  }
  return induction;
} catch (const std::exception& error) {
  throw base::Error(std::string("the state of finding templates is damaged: ") + error.what());
}

}  // namespace noema::concepts::facts
