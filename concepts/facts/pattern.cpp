#include "concepts/facts/pattern.h"

#include <algorithm>
#include <limits>

namespace noema::concepts::facts {
namespace {

/// The search behind match(): patterns are short, so the recursion is as deep as a pattern is long.
class Matcher {
 public:
  Matcher(const Words& pattern, const Words& sentence, std::size_t max_filler)
      : pattern_(pattern), sentence_(sentence), max_filler_(max_filler) {}

  bool from(std::size_t in_pattern, std::size_t in_sentence) {
    while (in_pattern < pattern_.size() && pattern_[in_pattern] != kSlot)
      if (in_sentence >= sentence_.size() || sentence_[in_sentence++] != pattern_[in_pattern++]) return false;
    if (in_pattern == pattern_.size()) return in_sentence == sentence_.size();
    const std::size_t rest = pattern_.size() - in_pattern - 1;
    const std::size_t last = in_sentence + std::min(max_filler_, sentence_.size());
    for (std::size_t end = in_sentence + 1; end <= last && end + rest <= sentence_.size(); ++end) {
      if (rest == 0 && end != sentence_.size()) continue;
      fillers_.push_back({static_cast<std::uint32_t>(in_sentence), static_cast<std::uint32_t>(end)});
      if (from(in_pattern + 1, end)) return true;
      fillers_.pop_back();
    }
    return false;
  }
  std::vector<Filler>& fillers() { return fillers_; }

 private:
  const Words& pattern_;
  const Words& sentence_;
  std::size_t max_filler_;
  std::vector<Filler> fillers_;
};

/// The dynamic programme behind align(). A cell (i, j) covers the first i words of a and the first j of b.
class Alignment {
 public:
  Alignment(const Words& a, const Words& b) : a_(a), b_(b), width_(b.size() + 1), cells_((a.size() + 1) * width_) {
    cells_[0].matched = 0;
  }

  void fill(const std::function<double(Word)>& bits, double slot_bits) {
    for (std::size_t i = 1; i <= a_.size(); ++i)
      for (std::size_t j = 1; j <= b_.size(); ++j) {
        Cell& here = at(i, j);
        const Cell& before = at(i - 1, j - 1);
        if (a_[i - 1] == b_[j - 1]) {
          here.matched = std::max(before.matched, before.in_slot) + bits(a_[i - 1]);
          here.after_slot = before.in_slot > before.matched;
        }
        here.in_slot = before.matched - slot_bits;
        if (at(i - 1, j).in_slot > here.in_slot) here.in_slot = at(i - 1, j).in_slot, here.step = Step::kInA;
        if (at(i, j - 1).in_slot > here.in_slot) here.in_slot = at(i, j - 1).in_slot, here.step = Step::kInB;
      }
  }

  std::optional<Words> best() {
    std::size_t i = a_.size();
    std::size_t j = b_.size();
    bool in_slot = at(i, j).in_slot > at(i, j).matched;
    if (std::max(at(i, j).in_slot, at(i, j).matched) <= 0) return std::nullopt;
    Words pattern;
    while (i > 0 || j > 0) {
      const Cell& here = at(i, j);
      if (!in_slot) {
        pattern.push_back(a_[i - 1]);
        in_slot = here.after_slot;
        --i, --j;
      } else if (here.step == Step::kOpen) {
        pattern.push_back(kSlot);
        in_slot = false;
        --i, --j;
      } else {
        here.step == Step::kInA ? --i : --j;
      }
    }
    std::reverse(pattern.begin(), pattern.end());
    return pattern;
  }

 private:
  static constexpr double kImpossible = -std::numeric_limits<double>::infinity();
  enum class Step : std::uint8_t { kOpen, kInA, kInB };
  struct Cell {
    double matched = kImpossible;  ///< the last word of both is the same constant
    double in_slot = kImpossible;  ///< both end inside a slot that holds a word of each
    bool after_slot = false;       ///< the constant follows a slot
    Step step = Step::kOpen;       ///< how the slot was reached
  };
  Cell& at(std::size_t i, std::size_t j) { return cells_[i * width_ + j]; }

  const Words& a_;
  const Words& b_;
  std::size_t width_;
  std::vector<Cell> cells_;
};

}  // namespace

std::size_t WordsHash::operator()(const Words& words) const {
  std::uint64_t hash = 1469598103934665603ULL;
  for (const Word word : words) hash = (hash ^ static_cast<std::uint32_t>(word)) * 1099511628211ULL;
  return hash ^ (hash >> 29);
}

std::size_t count_slots(const Words& pattern) {
  return static_cast<std::size_t>(std::count(pattern.begin(), pattern.end(), kSlot));
}

std::size_t count_constants(const Words& pattern) { return pattern.size() - count_slots(pattern); }

std::size_t count_places(const Words& pattern) {
  std::size_t places = 0;
  for (std::size_t at = 0; at < pattern.size(); ++at)
    places += pattern[at] == kSlot && (at == 0 || pattern[at - 1] != kSlot);
  return places;
}

std::size_t place_of_slot(const Words& pattern, std::size_t slot) {
  std::size_t place = 0;
  while (pattern[place] != kSlot || slot-- > 0) ++place;
  return place;
}

bool more_specific(const Words& a, const Words& b) {
  const std::size_t constants_a = count_constants(a);
  const std::size_t constants_b = count_constants(b);
  if (constants_a != constants_b) return constants_a > constants_b;
  const std::size_t places_a = count_places(a);
  const std::size_t places_b = count_places(b);
  if (places_a != places_b) return places_a < places_b;
  if (a.size() != b.size()) return a.size() > b.size();
  return a < b;
}

std::optional<std::vector<Filler>> match(const Words& pattern, const Words& sentence, std::size_t max_filler) {
  if (pattern.size() > sentence.size()) return std::nullopt;
  Matcher matcher(pattern, sentence, max_filler);
  if (!matcher.from(0, 0)) return std::nullopt;
  return std::move(matcher.fillers());
}

std::optional<Words> align(const Words& a, const Words& b, const std::function<double(Word)>& bits, double slot_bits) {
  if (a.empty() || b.empty()) return std::nullopt;
  Alignment alignment(a, b);
  alignment.fill(bits, slot_bits);
  return alignment.best();
}

Words cut_out(const Words& sentence, Filler filler) {
  Words pattern(sentence.begin(), sentence.begin() + filler.begin);
  pattern.push_back(kSlot);
  pattern.insert(pattern.end(), sentence.begin() + filler.end, sentence.end());
  return pattern;
}

Words filler_of(const Words& sentence, Filler filler) {
  return {sentence.begin() + filler.begin, sentence.begin() + filler.end};
}

std::optional<Words> without(const Words& pattern, const Words& part) {
  const auto at = std::search(pattern.begin(), pattern.end(), part.begin(), part.end());
  if (at == pattern.end()) return std::nullopt;
  const auto begin = static_cast<std::uint32_t>(at - pattern.begin());
  return cut_out(pattern, {begin, static_cast<std::uint32_t>(begin + part.size())});
}

}  // namespace noema::concepts::facts
