#include "concepts/facts/induction.h"

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
    told.propose(pattern, std::log2(static_cast<double>(counts_.size())) + kMinGainBits);
  }
  if (considered_ >= kFirstReview && is_power_of_two(considered_)) told.forget_superfluous();
  if (counts_.size() > kMostPatterns) forget_rare();
}

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
