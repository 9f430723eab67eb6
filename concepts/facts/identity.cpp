#include "concepts/facts/identity.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace noema::concepts::facts {
namespace {

constexpr std::size_t kMostSharing = 8;  ///< a value of more names than these is no clue to who they are
constexpr std::size_t kMinTold = 4;      ///< sentences of a template before it says anything of its slots
constexpr double kMinShare = 1.0 / 64;   ///< by which a way of telling errs, at least: no single sentence decides

/// What a template tells of the filler of one slot by the filler of another.
struct Telling {
  TemplateId form = 0;
  std::uint32_t name = 0;
  std::uint32_t value = 0;
  auto operator<=>(const Telling&) const = default;
};

using Pair = std::pair<Thing, Thing>;
Pair pair_of(Thing a, Thing b) { return {std::min(a, b), std::max(a, b)}; }

class Finder {
 public:
  explicit Finder(const Told& told) : told_(told) { collect(); }

  std::vector<Identity> find(double price_bits) {
    compare_candidates();
    learn_what_pairings_say();
    const double price = std::log2(static_cast<double>(bits_.size()) + 1) + price_bits;
    std::vector<Identity> found;
    for (const auto& [pair, bits] : bits_) {
      const double all = bits + said_of(pair);
      if (all > price) found.push_back({pair.first, pair.second, all, evidence_for(pair)});
    }
    std::stable_sort(found.begin(), found.end(), [](const Identity& a, const Identity& b) { return a.bits > b.bits; });
    return found;
  }

 private:
  using Values = std::map<Thing, std::vector<std::uint32_t>>;  ///< value -> sentences
  struct Facts {
    std::map<Thing, Values> of = {};                   ///< name -> its values
    std::map<Thing, std::set<Thing>> names_with = {};  ///< value -> names
    double single = 0;  ///< share of names told more than once that have one value nevertheless
  };

  void collect() {
    for (const TemplateId id : told_.used()) {
      const Template& form = told_.form(id);
      if (form.members.size() < kMinTold) continue;
      for (const std::uint32_t number : form.members) {
        const auto& fillers = told_.sentences()[number].fillers;
        for (std::uint32_t name = 0; name < fillers.size(); ++name)
          for (std::uint32_t value = 0; value < fillers.size(); ++value) {
            if (name == value || fillers[name] == fillers[value]) continue;
            Facts& facts = facts_[{id, name, value}];
            facts.of[fillers[name]][fillers[value]].push_back(number);
            facts.names_with[fillers[value]].insert(fillers[name]);
            if (name < value) told_together_[pair_of(fillers[name], fillers[value])].push_back({id, name, value});
          }
      }
    }
    for (auto& [telling, facts] : facts_) {
      std::size_t again = 0, same = 0;
      for (const auto& [name, values] : facts.of) {
        std::size_t sentences = 0;
        for (const auto& [value, numbers] : values) sentences += numbers.size();
        if (sentences < 2) continue;
        ++again;
        same += values.size() == 1;
      }
      facts.single = (static_cast<double>(same) + 0.5) / (static_cast<double>(again) + 1);
    }
  }

  /// Bits that one kind of fact says for the two being one.
  double agreement(const Facts& facts, Thing a, Thing b) const {
    const auto of_a = facts.of.find(a);
    const auto of_b = facts.of.find(b);
    if (of_a == facts.of.end() || of_b == facts.of.end()) return 0;
    const double names = static_cast<double>(facts.of.size());
    const double one = std::clamp(facts.single, kMinShare, 1 - kMinShare);
    double bits = 0;
    bool agrees = false;
    for (const auto& [value, numbers] : of_a->second) {
      if (!of_b->second.contains(value)) continue;
      const double chance = std::min(1.0, static_cast<double>(facts.names_with.at(value).size()) / names);
      bits += std::log2((one + (1 - one) * chance) / chance);
      agrees = true;
    }
    // Of one thing, another value is told only where a thing has several.
    if (!agrees) bits = std::log2(1 - one) - std::log2(1 - std::min(0.5, 1 / names));
    return bits;
  }

  double compare(Pair pair) const {
    double bits = 0;
    for (const auto& [telling, facts] : facts_) bits += agreement(facts, pair.first, pair.second);
    return bits;
  }

  void compare_candidates() {
    for (const auto& [telling, facts] : facts_)
      for (const auto& [value, names] : facts.names_with) {
        if (names.size() < 2 || names.size() > kMostSharing) continue;
        for (auto a = names.begin(); a != names.end(); ++a)
          for (auto b = std::next(a); b != names.end(); ++b) bits_.try_emplace(pair_of(*a, *b), 0);
      }
    for (auto& [pair, bits] : bits_) bits = compare(pair);
  }

  /// A pairing of slots says that its names are one (or two) if those of its pairs that facts decide are so.
  void learn_what_pairings_say() {
    std::map<Telling, std::pair<double, double>> decided;  // one, two
    std::map<Telling, std::set<Pair>> pairs_of;
    for (const auto& [pair, tellings] : told_together_)
      for (const Telling& telling : tellings) pairs_of[telling].insert(pair);
    for (const auto& [telling, pairs] : pairs_of) {
      double one = 0, two = 0;
      for (const Pair& pair : pairs) {
        const auto known = bits_.find(pair);
        const double bits = known == bits_.end() ? compare(pair) : known->second;
        (bits > 3 ? one : two) += 1;
      }
      says_[telling] = std::log2((one + 0.5) / (two + 0.5));
    }
  }
  double said_of(Pair pair) const {
    const auto told = told_together_.find(pair);
    if (told == told_together_.end()) return 0;
    double bits = 0;
    for (const Telling& telling : told->second) bits += std::clamp(says_.at(telling), -6.0, 6.0);
    return bits;
  }

  std::vector<std::uint32_t> evidence_for(Pair pair) const {
    std::set<std::uint32_t> sentences;
    for (const auto& [telling, facts] : facts_) {
      const auto of_a = facts.of.find(pair.first);
      const auto of_b = facts.of.find(pair.second);
      if (of_a == facts.of.end() || of_b == facts.of.end()) continue;
      for (const auto& [value, numbers] : of_a->second)
        if (const auto same = of_b->second.find(value); same != of_b->second.end()) {
          sentences.insert(numbers.begin(), numbers.end());
          sentences.insert(same->second.begin(), same->second.end());
        }
    }
    return {sentences.begin(), sentences.end()};
  }

  const Told& told_;
  std::map<Telling, Facts> facts_;
  std::map<Pair, std::vector<Telling>> told_together_;
  std::map<Pair, double> bits_;
  std::map<Telling, double> says_;
};

}  // namespace

std::vector<Identity> find_identities(const Told& told, double price_bits) { return Finder(told).find(price_bits); }

}  // namespace noema::concepts::facts
