#include "concepts/facts/identity.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace noema::concepts::facts {
namespace {

constexpr std::size_t kMostSharing = 8;  ///< a value of more names than these is no clue to who they are
constexpr std::size_t kMostCompared =
    64;                              ///< sentences in which a name fills one slot that are compared with another's
constexpr std::size_t kMinTold = 4;  ///< sentences of a template before it says anything of its slots
constexpr std::size_t kMostCounted = 256;  ///< pairs of a kind from which its odds are learned
constexpr double kHalfAlikeBits = 6;    ///< a sentence of each that agree in part and differ in part speak against it
constexpr double kDecided = 3;          ///< bits from which facts say that two names are one
constexpr double kMostSaid = 6;         ///< bits that one sentence about both says, at most
constexpr double kMinShare = 1.0 / 64;  ///< by which a way of telling errs, at least: no single sentence decides

/// What a template tells of the filler of one slot by the filler of another.
struct Telling {
  TemplateId form = 0;
  std::uint32_t name = 0;
  std::uint32_t value = 0;
  auto operator<=>(const Telling&) const = default;
};

/// Counts pairs that are one thing and pairs that are two, as far as their facts tell.
struct Odds {
  double one = 0.5, two = 0.5;
  void count(double bits) { (bits > kDecided ? one : two) += 1; }
  double bits() const { return std::log2(one / two); }
};

using Pair = std::pair<Thing, Thing>;
Pair pair_of(Thing a, Thing b) { return {std::min(a, b), std::max(a, b)}; }

class Finder {
 public:
  Finder(const Told& told, const std::function<bool(Thing, Thing)>& is_spelled_alike)
      : told_(told), is_spelled_alike_(is_spelled_alike) {
    collect();
  }

  std::vector<Identity> find(double price_bits) {
    compare_candidates();
    learn_odds();
    const double price = std::log2(static_cast<double>(bits_.size()) + 1);
    std::vector<Identity> found;
    for (const auto& [pair, bits] : bits_) {
      const double all = bits + prior_of(pair).value_or(-price);
      if (all <= price_bits) continue;
      auto evidence = evidence_for(pair);
      if (!evidence.empty()) found.push_back({pair.first, pair.second, all, std::move(evidence)});
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
            names_with_[fillers[value]].insert(fillers[name]);
            values_of_[fillers[name]].insert(fillers[value]);
            if (name < value) told_together_[pair_of(fillers[name], fillers[value])].push_back({id, name, value});
          }
      }
    }
    for (auto& [telling, facts] : facts_) {
      for (const auto& [name, values] : facts.of) told_in_[name].push_back(&facts);
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
    if (of_a->second.size() > kMostSharing || of_b->second.size() > kMostSharing) return 0;
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
    for (const Facts* facts : told_in_.at(pair.first)) bits += agreement(*facts, pair.first, pair.second);
    return bits + shared_otherwise(pair) - kHalfAlikeBits * static_cast<double>(count_half_alike(pair));
  }

  /// Sentences of both, told in the same way, that share a filler and differ in another: who is her mother is not who
  /// is her father.
  std::size_t count_half_alike(Pair pair) const {
    std::size_t count = 0;
    const auto* roles = told_.roles_of(pair.first);
    for (const auto& [role, times] : *roles) {
      const auto* of_a = told_.places_of(pair.first, role.first, role.second);
      const auto* of_b = told_.places_of(pair.second, role.first, role.second);
      if (of_b == nullptr || of_a->size() > kMostCompared || of_b->size() > kMostCompared) continue;
      for (const std::uint32_t a : *of_a)
        for (const std::uint32_t b : *of_b) count += are_half_alike(a, b, role.second);
    }
    return count;
  }
  bool are_half_alike(std::uint32_t a, std::uint32_t b, std::uint32_t but) const {
    const auto& x = told_.sentences()[a].fillers;
    const auto& y = told_.sentences()[b].fillers;
    bool same = false, other = false;
    for (std::size_t slot = 0; slot < x.size(); ++slot)
      if (slot != but) (x[slot] == y[slot] ? same : other) = true;
    return same && other;
  }

  /// Bits that values say which are told of both, but of each in another way.
  double shared_otherwise(Pair pair) const {
    const auto of_a = values_of_.find(pair.first);
    const auto of_b = values_of_.find(pair.second);
    if (of_a == values_of_.end() || of_b == values_of_.end() || !fill_one_slot(pair)) return 0;
    // What is told with many different things is a kind of thing, not a name.
    constexpr std::size_t kMost = 3 * kMostSharing;
    if (of_a->second.size() > kMost || of_b->second.size() > kMost) return 0;
    double bits = 0;
    for (const Thing value : of_a->second) {
      if (!of_b->second.contains(value) || is_told_alike(pair, value)) continue;
      const double sharing = static_cast<double>(names_with_.at(value).size());
      if (sharing <= kMostSharing) bits += std::log2(static_cast<double>(values_of_.size()) / sharing) / 2;
    }
    return bits;
  }
  /// Things of different kinds, such as a person and her home, share what is told of both.
  bool fill_one_slot(Pair pair) const {
    const auto* of_a = told_.roles_of(pair.first);
    const auto* of_b = told_.roles_of(pair.second);
    return of_a != nullptr && of_b != nullptr &&
           std::any_of(of_a->begin(), of_a->end(), [&](const auto& role) { return of_b->contains(role.first); });
  }
  bool is_told_alike(Pair pair, Thing value) const {
    const auto& tellings = told_in_.at(pair.first);
    return std::any_of(tellings.begin(), tellings.end(), [&](const Facts* facts) {
      const auto names = facts->names_with.find(value);
      return names != facts->names_with.end() && names->second.contains(pair.first) &&
             names->second.contains(pair.second);
    });
  }

  void compare_candidates() {
    for (const auto& [value, names] : names_with_) {
      if (names.size() < 2 || names.size() > kMostSharing) continue;
      for (auto a = names.begin(); a != names.end(); ++a)
        for (auto b = std::next(a); b != names.end(); ++b) bits_.try_emplace(pair_of(*a, *b), 0);
    }
    for (auto& [pair, bits] : bits_) bits = compare(pair);
  }

  /// Of the pairs that one sentence tells together, and of those that are spelled alike, some are one thing and some
  /// are two, as their facts show: this is what to expect of the others.
  void learn_odds() {
    std::map<Telling, std::vector<Pair>> pairs_of;
    for (const auto& [pair, tellings] : told_together_)
      for (const Telling& telling : tellings)
        if (auto& pairs = pairs_of[telling]; pairs.size() < kMostCounted && (pairs.empty() || pairs.back() != pair))
          pairs.push_back(pair);
    for (const auto& [telling, pairs] : pairs_of) {
      Odds odds;
      for (const Pair& pair : pairs) {
        const auto known = bits_.find(pair);
        odds.count(known == bits_.end() ? compare(pair) : known->second);
      }
      told_odds_[telling] = odds.bits();
    }
    Odds alike;
    for (const auto& [pair, bits] : bits_)
      if (is_spelled_alike_(pair.first, pair.second)) alike.count(bits);
    alike_odds_ = alike.bits();
  }
  /// log2 of the odds that the two are one, before their facts are looked at; nothing if nothing is said of it.
  std::optional<double> prior_of(Pair pair) const {
    std::optional<double> bits;
    if (is_spelled_alike_(pair.first, pair.second)) bits = alike_odds_;
    const auto told = told_together_.find(pair);
    if (told == told_together_.end()) return bits;
    for (const Telling& telling : told->second)
      bits = bits.value_or(0) + std::clamp(told_odds_.at(telling), -kMostSaid, kMostSaid);
    return bits;
  }

  std::vector<std::uint32_t> evidence_for(Pair pair) const {
    std::set<std::uint32_t> sentences;
    for (const Facts* facts : told_in_.at(pair.first)) {
      const auto of_a = facts->of.find(pair.first);
      const auto of_b = facts->of.find(pair.second);
      if (of_b == facts->of.end()) continue;
      for (const auto& [value, numbers] : of_a->second)
        if (const auto same = of_b->second.find(value); same != of_b->second.end()) {
          sentences.insert(numbers.begin(), numbers.end());
          sentences.insert(same->second.begin(), same->second.end());
        }
    }
    return {sentences.begin(), sentences.end()};
  }

  const Told& told_;
  const std::function<bool(Thing, Thing)>& is_spelled_alike_;
  std::map<Telling, Facts> facts_;
  std::map<Thing, std::vector<const Facts*>> told_in_;       ///< name -> what tells of it
  std::map<Thing, std::set<Thing>> names_with_, values_of_;  ///< value -> names, name -> values, told in any way
  std::map<Pair, std::vector<Telling>> told_together_;
  std::map<Pair, double> bits_;  ///< what facts say of the pairs that share a rare value
  std::map<Telling, double> told_odds_;
  double alike_odds_ = 0;
};

}  // namespace

std::vector<Identity> find_identities(const Told& told, const std::function<bool(Thing, Thing)>& is_spelled_alike,
                                      double price_bits) {
  return Finder(told, is_spelled_alike).find(price_bits);
}

}  // namespace noema::concepts::facts
