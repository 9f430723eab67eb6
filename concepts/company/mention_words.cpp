#include "concepts/company/mention_words.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/numbers.h"

namespace noema::concepts::company {
namespace {

constexpr double kStrength = 1000, kTrust = 0.5;
constexpr float kNearWeight = 0.5F, kTextWeight = 4, kWholeWeight = 12;
constexpr std::uint64_t kWholeSide = 3;  // after those of the words: anywhere, before, after

/// A word as such, or as a neighbour on one side.
std::uint64_t key_of(Word word, std::uint64_t side) { return side << 32 | word; }

}  // namespace

WordNumbers::WordNumbers(const Words& words, std::size_t reach, std::size_t near_reach)
    : words_(&words), reach_(reach), near_reach_(near_reach) {}

MentionWords WordNumbers::read(const Surroundings& surroundings,
                               const std::unordered_map<std::uint64_t, std::uint32_t>& numbers,
                               std::unordered_map<std::uint64_t, std::uint32_t>* fresh) const {
  MentionWords seen;
  float all = 0;
  const auto see = [&](std::uint64_t key, float weight) {
    auto place = numbers.find(key);
    if (place == numbers.end()) {
      if (fresh == nullptr) return;
      place = fresh->emplace(key, static_cast<std::uint32_t>(fresh->size())).first;
    }
    const std::uint32_t number = place->second;
    if (std::any_of(seen.begin(), seen.end(), [&](const SeenWord& other) { return other.number == number; })) return;
    seen.push_back({number, weight});
    all += weight;
  };
  std::uint64_t side = 0;
  for (const auto* words : {&surroundings.before, &surroundings.after}) {
    ++side;
    for (std::size_t i = 0; i < std::min(reach_, words->size()); ++i) {
      const Word word = (*words)[i];
      if (word == kNoWord) continue;
      if (words_->telling(word) > 0) see(key_of(word, 0), 1);
      if (i < near_reach_) see(key_of(word, side), kNearWeight);
    }
  }
  for (SeenWord& word : seen) word.weight *= kTextWeight / std::sqrt(all);
  if (surroundings.whole != kNoPart) see(key_of(surroundings.whole, kWholeSide), kWholeWeight);
  return seen;
}

MentionWords WordNumbers::learn(const Surroundings& surroundings) { return read(surroundings, numbers_, &numbers_); }

MentionWords WordNumbers::of(const Surroundings& surroundings) const { return read(surroundings, numbers_, nullptr); }

MentionGroups::MentionGroups(std::vector<MentionWords> mentions, std::vector<std::size_t> groups, std::size_t count)
    : mentions_(std::move(mentions)), groups_(std::move(groups)) {
  std::uint32_t numbers = 0;
  double all = 0;
  for (const MentionWords& words : mentions_)
    for (const SeenWord& word : words) numbers = std::max(numbers, word.number + 1), all += double{word.weight};
  base_.assign(numbers, 0);
  for (const MentionWords& words : mentions_)
    for (const SeenWord& word : words) base_[word.number] += kStrength * double{word.weight} / all;
  for (const double base : base_) {
    log_base_.push_back(std::log(base));
    gamma_base_.push_back(base::log_gamma(base));
  }
  counts_.assign(count, std::vector<double>(numbers, 0));
  totals_.assign(count, 0);
  sizes_.assign(count, 0);
  for (std::size_t i = 0; i < mentions_.size(); ++i) add(i, groups_[i], 1);
}

void MentionGroups::add(std::size_t mention, std::size_t group, double sign) {
  for (const SeenWord& word : mentions_[mention]) {
    counts_[group][word.number] += sign * double{word.weight};
    totals_[group] += sign * double{word.weight};
  }
  sizes_[group] += sign;
}

double MentionGroups::nats(std::size_t group, const MentionWords& words) const {
  const double in_all = std::log((totals_[group] + kStrength) / kStrength);
  double sum = 0;
  for (const auto& [number, weight] : words)
    sum +=
        double{weight} * (std::log(std::max(counts_[group][number], 0.0) + base_[number]) - log_base_[number] - in_all);
  return kTrust * sum;
}

double MentionGroups::code(const std::vector<double>& counts, double all, double mentions) const {
  constexpr double kNone = 1e-9;  // what additions and subtractions leave of 0
  double sum = base::log_gamma(kStrength) - base::log_gamma(kStrength + all);
  for (std::size_t w = 0; w < counts.size(); ++w)
    if (counts[w] > kNone) sum += base::log_gamma(base_[w] + counts[w]) - gamma_base_[w];
  return -kTrust * sum - base::log_gamma(mentions);
}

double MentionGroups::gain_of_joining(std::size_t a, std::size_t b) const {
  std::vector<double> both = counts_[a];
  for (std::size_t w = 0; w < both.size(); ++w) both[w] += counts_[b][w];
  return code(counts_[a], totals_[a], sizes_[a]) + code(counts_[b], totals_[b], sizes_[b]) -
         code(both, totals_[a] + totals_[b], sizes_[a] + sizes_[b]);
}

void MentionGroups::join(std::size_t into, std::size_t from) {
  for (std::size_t w = 0; w < base_.size(); ++w) counts_[into][w] += counts_[from][w];
  counts_[from].assign(base_.size(), 0);
  totals_[into] += totals_[from];
  sizes_[into] += sizes_[from];
  totals_[from] = sizes_[from] = 0;
  std::replace(groups_.begin(), groups_.end(), from, into);
}

double MentionGroups::saved() const {
  std::vector<double> all(base_.size(), 0);
  double together = 0, total = 0, mentions = 0;
  for (std::size_t k = 0; k < count(); ++k) {
    if (sizes_[k] == 0) continue;
    together += code(counts_[k], totals_[k], sizes_[k]);
    for (std::size_t w = 0; w < all.size(); ++w) all[w] += counts_[k][w];
    total += totals_[k];
    mentions += sizes_[k];
  }
  return (code(all, total, mentions) - together) / mentions;
}

std::vector<std::size_t> MentionGroups::join_all(double price) {
  std::vector<std::size_t> ends(count());
  std::iota(ends.begin(), ends.end(), std::size_t{0});
  std::vector<std::vector<double>> costs(count(), std::vector<double>(count(), NAN));  // NAN: not known yet
  while (true) {
    double least = INFINITY;
    std::size_t into = 0, from = 0;
    for (std::size_t a = 0; a < count(); ++a)
      for (std::size_t b = a + 1; b < count(); ++b) {
        if (sizes_[a] == 0 || sizes_[b] == 0) continue;
        if (std::isnan(costs[a][b])) costs[a][b] = -gain_of_joining(a, b) / std::min(sizes_[a], sizes_[b]);
        if (costs[a][b] < least) least = costs[a][b], into = a, from = b;
      }
    if (!(least <= price)) return ends;
    join(into, from);
    std::replace(ends.begin(), ends.end(), from, into);
    for (std::size_t k = 0; k < count(); ++k) costs[k][into] = costs[into][k] = NAN;
  }
}

}  // namespace noema::concepts::company
