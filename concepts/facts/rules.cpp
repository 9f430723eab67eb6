#include "concepts/facts/rules.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "concepts/facts/restaurant.h"

namespace noema::concepts::facts {
namespace {

constexpr std::size_t kMinFacts = 4;      ///< sentences of a link before it is a kind of fact
constexpr std::size_t kMostFacts = 1000;  ///< facts of a kind from which rules are found, the newest
constexpr std::size_t kMostFollowed = 8;  ///< things that an inverse step goes on to, at most
constexpr std::size_t kMostRules = 3;     ///< for one kind of fact, the surest
constexpr std::uint32_t kMinHolds = 3;    ///< told facts that a rule must give
constexpr double kMinRuleConfidence = 0.8;
constexpr double kMinRuleGain = 4;  ///< bits beyond log2 of the paths compared

/// A link read the other way: from its value to its subject.
Link turned(Link link) {
  std::swap(link.subject, link.value);
  return link;
}

struct Reached {
  Thing thing = 0;
  std::vector<Fact> chain = {};
};

/// The thing on the far side of a fact, which is the subject of its link where the step is inverse.
std::vector<Fact> follow(const Told& told, std::span<const Relation> kinds, Step step, Thing from,
                         std::uint32_t sentences) {
  const Relation& kind = kinds[step.kind];
  if (!step.is_inverse) {
    const auto fact = newest_fact(told, kind, from, sentences);
    return fact ? std::vector<Fact>{*fact} : std::vector<Fact>{};
  }
  Relation inverse;
  for (const Link& link : kind) inverse.push_back(turned(link));
  std::vector<Fact> facts;
  std::set<Thing> seen;
  const std::vector<Fact> all = facts_of(told, inverse, from, sentences);
  for (auto fact = all.rbegin(); fact != all.rend() && facts.size() < kMostFollowed; ++fact) {
    if (!seen.insert(fact->value).second) continue;
    // Another value may have taken its place since.
    const auto newest = newest_fact(told, kind, fact->value, sentences);
    if (newest && newest->value == from) facts.push_back(*fact);
  }
  return facts;
}

/// All ends of the path, each with the facts that lead there.
std::vector<Reached> ends(const Told& told, std::span<const Relation> kinds, std::span<const Step> path, Thing from,
                          std::uint32_t sentences) {
  std::vector<Reached> at{{from}};
  for (const Step step : path) {
    std::vector<Reached> next;
    for (const Reached& one : at)
      for (const Fact& fact : follow(told, kinds, step, one.thing, sentences)) {
        next.push_back({fact.value, one.chain});
        next.back().chain.push_back(fact);
      }
    at = std::move(next);
  }
  std::erase_if(at, [&](const Reached& one) { return one.thing == from; });
  return at;
}

/// The one end of the path, if it leads to one thing only and not over the given sentence.
std::optional<Reached> only_end(const Told& told, std::span<const Relation> kinds, std::span<const Step> path,
                                Thing from, std::uint32_t but, std::uint32_t sentences) {
  std::vector<Reached> reached = ends(told, kinds, path, from, sentences);
  std::erase_if(reached, [&](const Reached& one) {
    return std::any_of(one.chain.begin(), one.chain.end(), [&](const Fact& fact) { return fact.sentence == but; });
  });
  if (reached.empty()) return std::nullopt;
  for (const Reached& one : reached)
    if (one.thing != reached.front().thing) return std::nullopt;
  return reached.front();
}

/// What is told of each thing, by the newest facts of a kind.
std::map<Thing, Fact> newest_facts(const Told& told, const Relation& kind) {
  std::map<Thing, Fact> facts;
  for (const Link& link : kind)
    for (const std::uint32_t number : told.form(link.form).members) {
      if (!holds(told, number, link) || !stands(told, number)) continue;
      const auto& fillers = told.sentences()[number].fillers;
      auto& fact = facts[fillers[link.subject]];
      if (fact.sentence <= number) fact = {number, link, fillers[link.value]};
    }
  return facts;
}

class Finder {
 public:
  Finder(const Told& told, std::span<const Relation> kinds) : told_(told), kinds_(kinds) {
    for (std::uint32_t kind = 0; kind < kinds.size(); ++kind)
      for (const auto& [subject, fact] : newest_facts(told, kinds[kind])) {
        kinds_from_[subject].insert({kind, false});
        kinds_from_[fact.value].insert({kind, true});
      }
  }

  void find(std::uint32_t kind, std::vector<Rule>& rules) const {
    const std::map<Thing, Fact> facts = looked_at(kind);
    std::set<Thing> values;
    for (const auto& [subject, fact] : facts) values.insert(fact.value);
    const auto paths = candidates(kind, facts);
    const double price = std::log2(static_cast<double>(paths.size()) + 1) + kMinRuleGain;
    std::vector<Rule> found;
    for (const auto& [path, supported] : paths) {
      if (supported < kMinHolds) continue;
      Rule rule{kind, path};
      for (const auto& [subject, fact] : facts)
        if (const auto end = only_end(told_, kinds_, path, subject, fact.sentence, kNow))
          ++(end->thing == fact.value ? rule.holds : rule.fails);
      const double gain = rule.holds * std::log2(static_cast<double>(values.size()) + 1) -
                          krichevsky_trofimov(rule.holds, rule.fails) - price;
      if (rule.holds >= kMinHolds && rule.confidence() >= kMinRuleConfidence && gain > 0) found.push_back(rule);
    }
    std::stable_sort(found.begin(), found.end(), [](const Rule& a, const Rule& b) {
      return std::pair(a.confidence(), b.path.size()) > std::pair(b.confidence(), a.path.size());
    });
    if (found.size() > kMostRules) found.resize(kMostRules);
    rules.insert(rules.end(), found.begin(), found.end());
  }

 private:
  std::map<Thing, Fact> looked_at(std::uint32_t kind) const {
    std::map<Thing, Fact> facts = newest_facts(told_, kinds_[kind]);
    if (facts.size() <= kMostFacts) return facts;
    std::vector<std::uint32_t> numbers;
    for (const auto& [subject, fact] : facts) numbers.push_back(fact.sentence);
    std::nth_element(numbers.begin(), numbers.end() - kMostFacts, numbers.end());
    const std::uint32_t oldest = *(numbers.end() - kMostFacts);
    std::erase_if(facts, [&](const auto& one) { return one.second.sentence < oldest; });
    return facts;
  }

  /// Paths that lead from the subject to the value of a told fact, and how many facts each gives.
  std::map<std::vector<Step>, std::uint32_t> candidates(std::uint32_t kind, const std::map<Thing, Fact>& facts) const {
    std::map<std::vector<Step>, std::uint32_t> paths;
    for (const auto& [subject, fact] : facts) {
      std::set<std::vector<Step>> here;
      for (const Step first : steps_from(subject)) {
        if (first == Step{kind, false}) continue;
        for (const Fact& one : follow(told_, kinds_, first, subject, kNow)) {
          if (one.sentence == fact.sentence) continue;
          if (one.value == fact.value) here.insert({first});
          if (one.value == subject || one.value == fact.value) continue;
          for (const Step second : steps_from(one.value))
            for (const Fact& two : follow(told_, kinds_, second, one.value, kNow))
              if (two.sentence != fact.sentence && two.sentence != one.sentence && two.value == fact.value)
                here.insert({first, second});
        }
      }
      for (const auto& path : here) ++paths[path];
    }
    return paths;
  }
  const std::set<Step>& steps_from(Thing thing) const {
    static const std::set<Step> kNone;
    const auto found = kinds_from_.find(thing);
    return found == kinds_from_.end() ? kNone : found->second;
  }

  const Told& told_;
  std::span<const Relation> kinds_;
  std::map<Thing, std::set<Step>> kinds_from_;
};

}  // namespace

std::vector<Relation> kinds_of_fact(const Told& told, std::span<const Relation> relations) {
  std::vector<Relation> kinds(relations.begin(), relations.end());
  std::set<Link> known;
  for (const Relation& relation : relations)
    for (const Link& link : relation) known.insert({link.form, link.subject, link.value});
  for (const TemplateId id : told.used()) {
    const Template& form = told.form(id);
    if (form.members.size() < kMinFacts) continue;
    for (std::uint32_t subject = 0; subject < form.slots.size(); ++subject)
      for (std::uint32_t value = 0; value < form.slots.size(); ++value)
        if (subject != value && !known.contains({id, subject, value})) kinds.push_back({{id, subject, value}});
  }
  return kinds;
}

std::vector<Rule> find_rules(const Told& told, std::span<const Relation> kinds) {
  const Finder finder(told, kinds);
  std::vector<Rule> rules;
  for (std::uint32_t kind = 0; kind < kinds.size(); ++kind) finder.find(kind, rules);
  return rules;
}

std::optional<Inferred> infer(const Told& told, std::span<const Relation> kinds, std::span<const Rule> rules,
                              std::uint32_t kind, Thing subject, std::uint32_t sentences) {
  for (std::uint32_t i = 0; i < rules.size(); ++i) {
    if (rules[i].kind != kind) continue;
    if (auto end = only_end(told, kinds, rules[i].path, subject, kNow, sentences))
      return Inferred{end->thing, i, std::move(end->chain)};
  }
  return std::nullopt;
}

}  // namespace noema::concepts::facts
