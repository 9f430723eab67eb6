#include "concepts/facts/rules.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <unordered_map>

#include "concepts/facts/restaurant.h"

namespace noema::concepts::facts {
namespace {

// What bounds the work: a life of natural text has thousands of kinds of fact, and things that are in most of them.
constexpr std::size_t kMostKinds = 512;    ///< kinds that rules are found for, those of most facts
constexpr std::size_t kMostFacts = 1000;   ///< facts of a kind on which a rule is tried, the newest
constexpr std::size_t kMostShown = 256;    ///< of them, those that show paths
constexpr std::size_t kMostSteps = 48;     ///< steps that lead on from a thing; those along relations first
constexpr std::size_t kMostPaths = 64;     ///< paths that are tried for a kind, those that most facts show
constexpr std::size_t kMostRecalled = 64;  ///< facts of a thing, the newest, among which an inverse step looks
constexpr std::size_t kMostFollowed = 8;   ///< things that an inverse step goes on to, at most
constexpr std::size_t kMostRules = 3;      ///< for one kind of fact, the surest
constexpr std::uint32_t kMinHolds = 3;     ///< told facts that a rule must give
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
  const std::vector<Fact> all = facts_of(told, inverse, from, sentences, kMostRecalled);
  for (auto fact = all.rbegin(); fact != all.rend() && facts.size() < kMostFollowed; ++fact) {
    if (!seen.insert(fact->value).second) continue;
    // Another value may have taken its place since.
    const auto newest = newest_fact(told, kind, fact->value, sentences);
    if (newest && newest->value == from) facts.push_back(*fact);
  }
  return facts;
}

/// All ends of the path, each with the facts that lead there. next(step, from): the facts of one step.
template <typename Next>
std::vector<Reached> ends(std::span<const Step> path, Thing from, const Next& next) {
  std::vector<Reached> at{{from}};
  for (const Step step : path) {
    std::vector<Reached> further;
    for (const Reached& one : at)
      for (const Fact& fact : next(step, one.thing)) {
        further.push_back({fact.value, one.chain});
        further.back().chain.push_back(fact);
      }
    at = std::move(further);
  }
  std::erase_if(at, [&](const Reached& one) { return one.thing == from; });
  return at;
}

/// The one end of the path, if it leads to one thing only and not over the given sentence.
template <typename Next>
std::optional<Reached> only_end(std::span<const Step> path, Thing from, std::uint32_t but, const Next& next) {
  std::vector<Reached> reached = ends(path, from, next);
  std::erase_if(reached, [&](const Reached& one) {
    return std::any_of(one.chain.begin(), one.chain.end(), [&](const Fact& fact) { return fact.sentence == but; });
  });
  if (reached.empty()) return std::nullopt;
  for (const Reached& one : reached)
    if (one.thing != reached.front().thing) return std::nullopt;
  return reached.front();
}

/// The newest facts of a kind, both ways: follow() as of now, looked up.
class Newest {
 public:
  Newest(const Told& told, const Relation& kind) {
    for (const Link& link : kind)
      for (const std::uint32_t number : told.form(link.form).members) {
        if (!holds(told, number, link) || !stands(told, number)) continue;
        const auto& fillers = told.sentences()[number].fillers;
        const auto [place, is_first] = of_.try_emplace(fillers[link.subject]);
        if (is_first || place->second.sentence < number) place->second = {number, link, fillers[link.value]};
      }
    for (const auto& [subject, fact] : of_) {
      all_.push_back({subject, fact});
      to_[fact.value].push_back({fact.sentence, turned(fact.link), subject});
    }
    std::sort(all_.begin(), all_.end(), [](const Known& a, const Known& b) { return a.order() > b.order(); });
    for (auto& [value, facts] : to_) {
      std::sort(facts.begin(), facts.end(), [](const Fact& a, const Fact& b) {
        return std::pair(a.sentence, a.value) > std::pair(b.sentence, b.value);
      });
      if (facts.size() > kMostFollowed) facts.resize(kMostFollowed);
    }
  }

  struct Known {
    Thing subject = 0;
    Fact fact = {};
    std::pair<std::uint32_t, Thing> order() const { return {fact.sentence, subject}; }
  };
  /// Newest first.
  std::span<const Known> all() const { return all_; }
  std::span<const Fact> follow(bool is_inverse, Thing from) const {
    if (is_inverse) {
      const auto found = to_.find(from);
      return found == to_.end() ? std::span<const Fact>{} : std::span<const Fact>(found->second);
    }
    const auto found = of_.find(from);
    return found == of_.end() ? std::span<const Fact>{} : std::span<const Fact>(&found->second, 1);
  }

 private:
  std::vector<Known> all_;
  std::unordered_map<Thing, Fact> of_;
  std::unordered_map<Thing, std::vector<Fact>> to_;  // the subject is the value of the turned link
};

using Path = std::vector<Step>;

class Finder {
 public:
  Finder(const Told& told, std::span<const Relation> kinds) {
    for (std::uint32_t kind = 0; kind < kinds.size(); ++kind) {
      const Newest& newest = kinds_.emplace_back(told, kinds[kind]);
      for (const auto& [subject, fact] : newest.all()) {
        add_step(subject, {kind, false});
        add_step(fact.value, {kind, true});
      }
    }
  }

  /// The kinds of most facts, in their order.
  std::vector<std::uint32_t> kinds() const {
    std::vector<std::uint32_t> kinds(kinds_.size());
    std::iota(kinds.begin(), kinds.end(), 0U);
    std::stable_sort(kinds.begin(), kinds.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return kinds_[a].all().size() > kinds_[b].all().size(); });
    if (kinds.size() > kMostKinds) kinds.resize(kMostKinds);
    std::sort(kinds.begin(), kinds.end());
    return kinds;
  }

  void find(std::uint32_t kind, std::vector<Rule>& rules) const {
    const auto all = kinds_[kind].all();
    const auto facts = all.first(std::min(kMostFacts, all.size()));
    std::set<Thing> values;
    for (const auto& [subject, fact] : all) values.insert(fact.value);
    const auto shown = paths_shown(kind, facts);
    const double price = std::log2(static_cast<double>(shown.size()) + 1) + kMinRuleGain;
    std::vector<Rule> found;
    for (const Path& path : most_shown(shown)) {
      const Rule rule = tried({kind, path}, facts);
      const double gain = rule.holds * std::log2(static_cast<double>(values.size()) + 1) -
                          krichevsky_trofimov(rule.holds, rule.fails) - price;
      if (rule.holds >= kMinHolds && rule.confidence() >= kMinRuleConfidence && gain > 0) found.push_back(rule);
    }
    std::stable_sort(found.begin(), found.end(), [](const Rule& a, const Rule& b) {
      return std::tuple(a.confidence(), b.path.size(), b.path) > std::tuple(b.confidence(), a.path.size(), a.path);
    });
    if (found.size() > kMostRules) found.resize(kMostRules);
    rules.insert(rules.end(), found.begin(), found.end());
  }

 private:
  using Facts = std::span<const Newest::Known>;

  void add_step(Thing thing, Step step) {
    auto& steps = steps_from_[thing];
    if (steps.size() < kMostSteps && std::find(steps.begin(), steps.end(), step) == steps.end()) steps.push_back(step);
  }
  const std::vector<Step>& steps_from(Thing thing) const {
    static const std::vector<Step> kNone;
    const auto found = steps_from_.find(thing);
    return found == steps_from_.end() ? kNone : found->second;
  }
  std::span<const Fact> follow(Step step, Thing from) const { return kinds_[step.kind].follow(step.is_inverse, from); }

  /// Paths that lead from the subject to the value of a told fact, and how many facts each gives.
  std::map<Path, std::uint32_t> paths_shown(std::uint32_t kind, Facts facts) const {
    std::map<Path, std::uint32_t> paths;
    for (const auto& [subject, fact] : facts.first(std::min(kMostShown, facts.size()))) {
      std::set<Path> here;
      for (const Step first : steps_from(subject)) {
        if (first == Step{kind, false}) continue;
        for (const Fact& one : follow(first, subject)) {
          if (one.sentence == fact.sentence) continue;
          if (one.value == fact.value) here.insert({first});
          if (one.value == subject || one.value == fact.value) continue;
          for (const Step second : steps_from(one.value))
            if (leads(second, one, fact)) here.insert({first, second});
        }
      }
      for (const Path& path : here) ++paths[path];
    }
    return paths;
  }
  /// Whether the step leads from where the fact `one` led to what `fact` says, over another sentence.
  bool leads(Step second, const Fact& one, const Fact& fact) const {
    const auto facts = follow(second, one.value);
    return std::any_of(facts.begin(), facts.end(), [&](const Fact& two) {
      return two.value == fact.value && two.sentence != fact.sentence && two.sentence != one.sentence;
    });
  }

  static std::vector<Path> most_shown(const std::map<Path, std::uint32_t>& shown) {
    std::vector<std::pair<std::uint32_t, Path>> paths;
    for (const auto& [path, facts] : shown)
      if (facts >= kMinHolds) paths.emplace_back(facts, path);
    std::stable_sort(paths.begin(), paths.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    if (paths.size() > kMostPaths) paths.resize(kMostPaths);
    std::vector<Path> most;
    for (auto& [facts, path] : paths) most.push_back(std::move(path));
    return most;
  }

  /// The rule with what it holds and fails; given up where it can no longer be sure enough.
  Rule tried(Rule rule, Facts facts) const {
    const auto next = [this](Step step, Thing from) { return follow(step, from); };
    for (std::size_t i = 0; i < facts.size(); ++i) {
      const auto& [subject, fact] = facts[i];
      if (const auto end = only_end(rule.path, subject, fact.sentence, next))
        ++(end->thing == fact.value ? rule.holds : rule.fails);
      Rule at_best = rule;
      at_best.holds += static_cast<std::uint32_t>(facts.size() - i - 1);
      if (at_best.confidence() < kMinRuleConfidence) break;
    }
    return rule;
  }

  std::vector<Newest> kinds_;
  std::unordered_map<Thing, std::vector<Step>> steps_from_;
};

}  // namespace

std::vector<Relation> kinds_of_fact(const Told& told, std::span<const Relation> relations, std::size_t least_told) {
  std::vector<Relation> kinds(relations.begin(), relations.end());
  std::set<Link> known;
  for (const Relation& relation : relations)
    for (const Link& link : relation) known.insert({link.form, link.subject, link.value});
  for (const TemplateId id : told.used()) {
    const Template& form = told.form(id);
    if (form.members.size() < least_told) continue;
    for (std::uint32_t subject = 0; subject < form.slots.size(); ++subject)
      for (std::uint32_t value = 0; value < form.slots.size(); ++value)
        if (subject != value && !known.contains({id, subject, value})) kinds.push_back({{id, subject, value}});
  }
  return kinds;
}

std::vector<Rule> find_rules(const Told& told, std::span<const Relation> kinds) {
  const Finder finder(told, kinds);
  std::vector<Rule> rules;
  for (const std::uint32_t kind : finder.kinds()) finder.find(kind, rules);
  return rules;
}

std::optional<Inferred> infer(const Told& told, std::span<const Relation> kinds, std::span<const Rule> rules,
                              std::uint32_t kind, Thing subject, std::uint32_t sentences) {
  for (std::uint32_t i = 0; i < rules.size(); ++i) {
    if (rules[i].kind != kind) continue;
    const auto next = [&](Step step, Thing from) { return follow(told, kinds, step, from, sentences); };
    if (auto end = only_end(rules[i].path, subject, kNow, next)) return Inferred{end->thing, i, std::move(end->chain)};
  }
  return std::nullopt;
}

}  // namespace noema::concepts::facts
