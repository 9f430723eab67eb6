#include "concepts/facts/relations.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace noema::concepts::facts {
namespace {

constexpr std::size_t kMinTold = 3;  ///< a link must have so many sentences
constexpr std::size_t kMostClosed =
    12;                             ///< a slot has a closed class of fillers if they are so few, and each is told often
constexpr std::size_t kOften = 4;   ///< so many sentences for each filler, on average
constexpr double kMinGainBits = 4;  ///< joining must gain so much beyond log2 of the pairs that are compared
constexpr double kMaxTwice = 0.02;  ///< a pure link gives at most this share of its subjects two values
constexpr double kMaxBoth = 0.1;    ///< two links may give so few subjects two values, of those that chance lets both
                                    ///< tell of, or to which both give one value
constexpr std::size_t kMostTellings = 16;  ///< links that tell one fact and are compared
constexpr double kMinAfter = 0.8;          ///< a link tells changes if at least this share comes after a first telling
constexpr double kMaxRepeated = 0.2;       ///< and at most this share of those repeats the value before

using Things = std::unordered_set<Thing>;
using Slot = std::pair<TemplateId, std::uint32_t>;

std::size_t count_common(const Things& a, const Things& b) {
  const Things& few = a.size() < b.size() ? a : b;
  const Things& many = a.size() < b.size() ? b : a;
  return static_cast<std::size_t>(std::count_if(few.begin(), few.end(), [&](Thing x) { return many.contains(x); }));
}

/// A link with what it tells.
struct Telling {
  Link link;
  std::unordered_map<Thing, std::vector<std::uint32_t>> told = {};  ///< subject -> sentences, ascending
  Things values = {};
  bool is_pure = false;
};

/// Subjects of which two links tell: those to which they give one value, and those to which they give two.
struct Agreement {
  std::size_t same = 0, differ = 0;
};

class Finder {
 public:
  explicit Finder(const Told& told) : told_(told) {
    collect_fillers();
    collect_links();
    collect_populations();
    collect_told_again();
  }

  std::vector<Relation> find() {
    join();
    std::vector<Relation> relations;
    const std::vector<Relation> changes = links_that_tell_changes();
    for (std::size_t group = 0; group < groups_.size(); ++group) {
      Relation relation = changes[group];
      for (const std::size_t member : groups_[group]) relation.push_back(links_[member].link);
      if (relation.size() < 2) continue;
      std::sort(relation.begin(), relation.end());
      relations.push_back(std::move(relation));
    }
    return relations;
  }

 private:
  bool is_closed(Slot slot) const {
    const std::size_t distinct = fillers_.at(slot).size();
    return distinct <= kMostClosed && distinct * kOften <= told_.form(slot.first).members.size();
  }

  void collect_fillers() {
    for (const TemplateId id : told_.used())
      for (const std::uint32_t number : told_.form(id).members) {
        const auto& fillers = told_.sentences()[number].fillers;
        for (std::uint32_t slot = 0; slot < fillers.size(); ++slot) fillers_[{id, slot}].insert(fillers[slot]);
      }
  }

  /// The fillers of a closed class that a link can be conditioned on.
  std::vector<Link> conditioned(Link link) const {
    std::vector<Link> links{link};
    const Template& form = told_.form(link.form);
    for (std::uint32_t where = 0; where < form.slots.size(); ++where) {
      if (where == link.subject || where == link.value || !is_closed({link.form, where})) continue;
      std::map<Thing, std::size_t> counts;
      for (const std::uint32_t number : form.members) ++counts[told_.sentences()[number].fillers[where]];
      for (const auto& [thing, count] : counts)
        if (count >= kMinTold) links.push_back({link.form, link.subject, link.value, where, thing});
    }
    return links;
  }

  void collect_links() {
    for (const TemplateId id : told_.used()) {
      const Template& form = told_.form(id);
      if (form.members.size() < kMinTold) continue;
      for (std::uint32_t subject = 0; subject < form.slots.size(); ++subject) {
        if (is_closed({id, subject})) continue;
        for (std::uint32_t value = 0; value < form.slots.size(); ++value) {
          if (value == subject) continue;
          for (const Link& link : conditioned({id, subject, value})) links_.push_back(telling_of(link));
        }
      }
    }
  }

  Telling telling_of(const Link& link) const {
    Telling telling{link};
    for (const std::uint32_t number : told_.form(link.form).members) {
      if (!holds(told_, number, link)) continue;
      const auto& fillers = told_.sentences()[number].fillers;
      telling.told[fillers[link.subject]].push_back(number);
      telling.values.insert(fillers[link.value]);
    }
    const auto twice = std::count_if(telling.told.begin(), telling.told.end(), [&](const auto& t) {
      return !is_one_value(t.first, t.second, link, t.second, link);
    });
    telling.is_pure = static_cast<double>(twice) <= kMaxTwice * static_cast<double>(telling.told.size());
    return telling;
  }

  Thing value(std::uint32_t number, const Link& link) const { return told_.sentences()[number].fillers[link.value]; }

  /// Whether these sentences tell of the subject by a link, and those by another, that it has one value: no telling
  /// gives another value than the one before it, unless that was told in some other way in between.
  bool is_one_value(Thing subject, const std::vector<std::uint32_t>& by_a, const Link& a,
                    const std::vector<std::uint32_t>& by_b, const Link& b) const {
    std::map<std::uint32_t, Thing> values;
    for (const std::uint32_t number : by_a) values.emplace(number, value(number, a));
    for (const std::uint32_t number : by_b) values.emplace(number, value(number, b));
    for (auto later = std::next(values.begin()); later != values.end(); ++later) {
      const auto earlier = std::prev(later);
      if (earlier->second != later->second && !was_told(subject, later->second, earlier->first, later->first))
        return false;
    }
    return true;
  }

  /// Whether a sentence between these two tells of the subject and the value.
  bool was_told(Thing subject, Thing value, std::uint32_t after, std::uint32_t before) const {
    for (const auto& [role, count] : *told_.roles_of(subject)) {
      const auto& places = *told_.places_of(subject, role.first, role.second);
      for (auto place = std::upper_bound(places.begin(), places.end(), after); place != places.end() && *place < before;
           ++place) {
        const auto& fillers = told_.sentences()[*place].fillers;
        if (std::find(fillers.begin(), fillers.end(), value) != fillers.end()) return true;
      }
    }
    return false;
  }

  /// Finds each two links of different templates that tell a fact both.
  void collect_told_again() {
    std::map<std::pair<Thing, Thing>, std::vector<std::size_t>> links_of;
    for (std::size_t i = 0; i < links_.size(); ++i) {
      if (!links_[i].is_pure) continue;
      for (const auto& [subject, sentences] : links_[i].told)
        links_of[{subject, value(sentences.back(), links_[i].link)}].push_back(i);
    }
    for (const auto& [fact, links] : links_of) {
      if (links.size() > kMostTellings) continue;
      for (std::size_t i = 0; i < links.size(); ++i)
        for (std::size_t j = i + 1; j < links.size(); ++j)
          if (links_[links[i]].link.form != links_[links[j]].link.form) told_again_.emplace(links[i], links[j]);
    }
  }

  /// The population of a slot: its fillers, and those of all slots that share at least an eighth of them.
  void collect_populations() {
    std::unordered_map<Thing, std::vector<std::uint32_t>> slots_of;
    std::vector<const std::pair<const Slot, Things>*> slots;
    for (const auto& one : fillers_) {
      for (const Thing thing : one.second) slots_of[thing].push_back(static_cast<std::uint32_t>(slots.size()));
      slots.push_back(&one);
    }
    std::vector<std::size_t> common(slots.size());
    for (const auto& [slot, fillers] : fillers_) {
      std::fill(common.begin(), common.end(), 0);
      for (const Thing thing : fillers)
        for (const std::uint32_t other : slots_of.at(thing)) ++common[other];
      Things& population = populations_[slot];
      population = fillers;
      for (std::size_t other = 0; other < slots.size(); ++other) {
        const Things& others = slots[other]->second;
        if (&others != &fillers && common[other] >= 3 && common[other] * 8 >= std::min(fillers.size(), others.size()))
          population.insert(others.begin(), others.end());
      }
    }
  }
  const Things& subjects_like(const Telling& telling) const {
    return populations_.at({telling.link.form, telling.link.subject});
  }
  const Things& values_like(const Telling& telling) const {
    return populations_.at({telling.link.form, telling.link.value});
  }

  bool are_of_one_kind(const Telling& a, const Telling& b) const {
    const auto overlap = [](const Things& x, const Things& y) {
      return count_common(x, y) * 2 > std::min(x.size(), y.size());
    };
    const std::size_t shared = count_common(a.values, b.values);
    const bool values_agree = shared >= 2 && shared * 8 >= std::min(a.values.size(), b.values.size());
    return (values_agree || overlap(values_like(a), values_like(b))) && overlap(subjects_like(a), subjects_like(b));
  }

  Agreement agreement(const Telling& a, const Telling& b) const {
    const bool a_is_few = a.told.size() < b.told.size();
    const Telling& few = a_is_few ? a : b;
    const Telling& many = a_is_few ? b : a;
    Agreement agreement;
    for (const auto& [subject, sentences] : few.told)
      if (const auto found = many.told.find(subject); found != many.told.end())
        ++(is_one_value(subject, sentences, few.link, found->second, many.link) ? agreement.same : agreement.differ);
    return agreement;
  }
  /// Subjects that two independent links would tell of both.
  double expected_both(const Telling& a, const Telling& b) const {
    const double all = static_cast<double>(std::max(subjects_like(a).size(), subjects_like(b).size()));
    return static_cast<double>(a.told.size()) * static_cast<double>(b.told.size()) / all;
  }
  double price() const { return 2 * std::log2(static_cast<double>(links_.size()) + 1) + kMinGainBits; }

  /// Bits that "no subject is told of by both" saves, compared with "the links are independent"; 0 if even no common
  /// subject would not save `least`.
  double gain_of_excluding(const Telling& a, const Telling& b, double least) const {
    const double expected = expected_both(a, b);
    if (expected / std::log(2.0) <= least) return 0;
    const Agreement agreed = agreement(a, b);
    const double both = static_cast<double>(agreed.same + agreed.differ);
    if (both >= expected) return 0;
    return (expected - both + (both > 0 ? both * std::log(both / expected) : 0)) / std::log(2.0);
  }

  /// Bits that "both give a subject one value" saves where both tell of it, compared with "each value is as likely".
  double gain_of_agreeing(const Telling& a, const Telling& b) const {
    const Agreement agreed = agreement(a, b);
    const double values = static_cast<double>(std::max(values_like(a).size(), values_like(b).size()));
    if (values < 2) return 0;
    const double all = static_cast<double>(agreed.same + agreed.differ);
    return all * std::log2(values) - static_cast<double>(agreed.differ) * std::log2(values - 1) -
           krichevsky_trofimov(static_cast<std::uint32_t>(agreed.same), static_cast<std::uint32_t>(agreed.differ));
  }

  static bool is_one_reading(const Link& a, const Link& b) {
    return a.form == b.form && a.where == b.where && a.is == b.is;
  }

  bool may_be_one(const Telling& a, const Telling& b) const {
    if (is_one_reading(a.link, b.link) || !are_of_one_kind(a, b)) return false;
    const Agreement agreed = agreement(a, b);
    return static_cast<double>(agreed.differ) <=
           kMaxBoth * std::max(expected_both(a, b), static_cast<double>(agreed.same));
  }

  /// Joins links that give a subject one value: none has told of it where another did, or they agree.
  void join() {
    struct Pair {
      double gain;
      std::size_t a, b;
    };
    std::vector<Pair> pairs;
    const double least = price();
    for (std::size_t a = 0; a < links_.size(); ++a)
      for (std::size_t b = a + 1; b < links_.size(); ++b) {
        if (!links_[a].is_pure || !links_[b].is_pure || links_[a].link.form == links_[b].link.form) continue;
        double gain = gain_of_excluding(links_[a], links_[b], least);
        if (told_again_.contains({a, b})) gain += gain_of_agreeing(links_[a], links_[b]);
        if (gain > least && are_of_one_kind(links_[a], links_[b])) pairs.push_back({gain, a, b});
      }
    std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& x, const Pair& y) { return x.gain > y.gain; });
    std::vector<std::size_t> group_of(links_.size());
    groups_.resize(links_.size());
    for (std::size_t i = 0; i < links_.size(); ++i) groups_[i] = {group_of[i] = i};
    for (const Pair& pair : pairs) {
      auto& a = groups_[group_of[pair.a]];
      auto& b = groups_[group_of[pair.b]];
      if (&a == &b || !may_all_be_one(a, b)) continue;
      for (const std::size_t member : b) {
        group_of[member] = group_of[pair.a];
        a.push_back(member);
      }
      b.clear();
    }
  }

  bool may_all_be_one(const std::vector<std::size_t>& a, const std::vector<std::size_t>& b) const {
    return std::all_of(a.begin(), a.end(), [&](std::size_t x) {
      return std::all_of(b.begin(), b.end(), [&](std::size_t y) { return may_be_one(links_[x], links_[y]); });
    });
  }

  static double share_after(std::size_t after, std::size_t all) {
    return (static_cast<double>(after) + 0.5) / (static_cast<double>(all) + 1);
  }

  /// Bits that "it comes after a telling of this relation" saves in coding a link's subjects; 0 if the link does not
  /// tell changes.
  double gain_of_following(const Telling& link, const std::vector<std::size_t>& group) const {
    std::size_t after = 0, repeated = 0, all = 0;
    std::vector<std::size_t> olds(told_.form(link.link.form).slots.size());  // by slot: it names the value before
    for (const auto& [subject, sentences] : link.told)
      for (const std::uint32_t number : sentences) {
        ++all;
        std::optional<Fact> before;
        for (const std::size_t member : group) {
          const Link& other = links_[member].link;
          const auto fact = newest_fact(told_, {&other, 1}, subject, number);
          if (fact && (!before || fact->sentence > before->sentence)) before = fact;
        }
        if (!before) continue;
        ++after;
        const auto& fillers = told_.sentences()[number].fillers;
        if (before->value == fillers[link.link.value]) ++repeated;
        for (std::size_t slot = 0; slot < fillers.size(); ++slot)
          if (slot != link.link.subject && slot != link.link.value && fillers[slot] == before->value) ++olds[slot];
      }
    const double share = share_after(after, all);
    if (all < kMinTold || share < kMinAfter ||
        static_cast<double>(repeated) > kMaxRepeated * static_cast<double>(after))
      return 0;
    Things subjects;
    Things values;
    for (const std::size_t member : group) {
      for (const auto& [subject, sentences] : links_[member].told) subjects.insert(subject);
      values.insert(links_[member].values.begin(), links_[member].values.end());
    }
    const double population =
        static_cast<double>(std::max(subjects_like(links_[group[0]]).size(), subjects.size() + 1));
    // Of two independent links either comes first; and a slot names the value before by chance only.
    const double chance = static_cast<double>(subjects.size()) / population / 2;
    const std::size_t old = olds.empty() ? 0 : *std::max_element(olds.begin(), olds.end());
    return static_cast<double>(after) * std::log2(share / chance) +
           static_cast<double>(all - after) * std::log2((1 - share) / (1 - chance)) +
           static_cast<double>(old) * std::log2(static_cast<double>(values.size()) + 1);
  }

  /// Groups and links, in this order, such that enough of the link's sentences are of things that the group tells of.
  std::set<std::pair<std::size_t, std::size_t>> pairs_that_may_follow() const {
    std::unordered_map<Thing, std::set<std::size_t>> groups_of;
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      if (groups_[g].empty() || (groups_[g].size() == 1 && !links_[groups_[g][0]].is_pure)) continue;
      for (const std::size_t member : groups_[g])
        for (const auto& [subject, sentences] : links_[member].told) groups_of[subject].insert(g);
    }
    std::set<std::pair<std::size_t, std::size_t>> pairs;
    for (std::size_t u = 0; u < links_.size(); ++u) {
      if (groups_[u].size() != 1) continue;
      std::unordered_map<std::size_t, std::size_t> counts;
      std::size_t all = 0;
      for (const auto& [subject, sentences] : links_[u].told) {
        all += sentences.size();
        if (const auto found = groups_of.find(subject); found != groups_of.end())
          for (const std::size_t g : found->second) counts[g] += sentences.size();
      }
      for (const auto& [g, count] : counts)
        if (g != u && share_after(count, all) >= kMinAfter) pairs.emplace(g, u);
    }
    return pairs;
  }

  std::vector<Relation> links_that_tell_changes() const {
    struct Join {
      double gain;
      std::size_t group, link;
    };
    std::vector<Join> joins;
    for (const auto& [g, u] : pairs_that_may_follow()) {
      const auto& group = groups_[g];
      const auto& follower = links_[u];
      if (!are_of_one_kind(follower, links_[group[0]])) continue;
      if (std::any_of(group.begin(), group.end(),
                      [&](std::size_t m) { return is_one_reading(links_[m].link, follower.link); }))
        continue;
      const double gain = gain_of_following(follower, group);
      if (gain > price()) joins.push_back({gain, g, u});
    }
    std::stable_sort(joins.begin(), joins.end(), [](const Join& x, const Join& y) { return x.gain > y.gain; });
    // A sentence tells one change: who replaces whom says nothing of a third.
    std::vector<Relation> changes(groups_.size());
    Relation joined;
    for (const Join& join : joins) {
      const Link& link = links_[join.link].link;
      if (std::any_of(joined.begin(), joined.end(), [&](const Link& other) { return is_one_reading(other, link); }))
        continue;
      joined.push_back(link);
      changes[join.group].push_back(link);
    }
    return changes;
  }

  const Told& told_;
  std::map<Slot, Things> fillers_;
  std::map<Slot, Things> populations_;
  std::vector<Telling> links_;
  std::set<std::pair<std::size_t, std::size_t>> told_again_;  ///< links that tell the same fact
  std::vector<std::vector<std::size_t>> groups_;  ///< of links, by number; empty where a group joined another
};

}  // namespace

std::vector<Relation> find_relations(const Told& told) { return Finder(told).find(); }

}  // namespace noema::concepts::facts
