#include "concepts/exchange.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "base/numbers.h"

namespace noema::concepts {
namespace {

/// n ln n, of small integers from a table.
class Entropy {
 public:
  double operator()(std::int64_t n) {
    if (n <= 1) return 0;
    const auto index = static_cast<std::size_t>(n);
    if (index >= table_.size()) table_.resize(std::max(index + 1, 2 * table_.size()), -1);
    double& value = table_[index];
    if (value < 0) value = static_cast<double>(n) * base::exact_log(static_cast<double>(n));
    return value;
  }

 private:
  std::vector<double> table_;
};

/// How often classes follow each other, and what moving a concept would do to that.
class Exchange {
 public:
  Exchange(const GraphView& graph, std::span<const ConceptId> concepts, std::size_t parts) : parts_(parts) {
    for (std::size_t i = 0; i < concepts.size(); ++i) class_of_[concepts[i]] = static_cast<std::uint32_t>(i % parts);
    // The categories of neighbours that do not take part are classes too. Their numbers follow those of the parts, in
    // the order in which they are met.
    std::unordered_map<ConceptId, std::uint32_t> categories;
    const auto class_of = [&](ConceptId id) {
      const auto member = class_of_.find(id);
      if (member != class_of_.end()) return std::pair(member->second, true);
      const auto known =
          categories.try_emplace(graph.statistics().parent(id), static_cast<std::uint32_t>(parts_ + categories.size()));
      return std::pair(known.first->second, false);
    };
    for (const ConceptId id : concepts) {
      Member member{id, {}, {}, 0};
      const bool category = graph.node(id).is<Category>();
      const auto& statistics = graph.statistics();
      for (const auto& [to, count] : statistics.next(id).sorted()) {
        const std::int64_t weight = category ? count : 1;
        if (to == id) {
          member.self = weight;
          continue;
        }
        const auto [number, moves] = class_of(to);
        member.after.push_back({moves ? to : kBoundary, number, weight});
      }
      for (const auto& [from, count] : (category ? statistics.above(id) : statistics.previous(id)).sorted()) {
        if (from == id) continue;
        const auto [number, moves] = class_of(from);
        member.before.push_back({moves ? from : kBoundary, number, category ? count : 1});
      }
      members_.push_back(std::move(member));
    }
    classes_ = parts_ + categories.size();
    counts_.resize(classes_ * classes_);
    rows_.resize(classes_);
    columns_.resize(classes_);
    after_.resize(classes_);
    before_.resize(classes_);
    for (const Member& member : members_) {
      const std::size_t own = class_of_[member.id];
      for (const Edge& edge : member.after) add(own, class_now(edge), edge.weight);
      for (const Edge& edge : member.before)
        if (edge.member == kBoundary) add(edge.number, own, edge.weight);  // the other end adds those between members
      if (member.self > 0) add(own, own, member.self);
    }
  }

  /// Moves each concept once to the part that it fits best; returns how many moved.
  std::size_t pass() {
    std::size_t moved = 0;
    for (const Member& member : members_) {
      profile(member);
      const std::size_t old = class_of_[member.id];
      place(old, member.self, -1);
      std::size_t best = old;
      double best_gain = gain(old, member.self);
      for (std::size_t part = 0; part < parts_; ++part) {
        if (part == old) continue;
        if (const double here = gain(part, member.self); here > best_gain) {
          best_gain = here;
          best = part;
        }
      }
      place(best, member.self, 1);
      class_of_[member.id] = static_cast<std::uint32_t>(best);
      moved += best != old;
      for (const std::size_t k : touched_) after_[k] = before_[k] = 0;
      touched_.clear();
    }
    return moved;
  }

  std::vector<std::vector<ConceptId>> parts() const {
    std::vector<std::vector<ConceptId>> parts(parts_);
    std::vector<std::size_t> order;
    for (const Member& member : members_) {  // commonest first
      const std::size_t part = class_of_.at(member.id);
      if (parts[part].empty()) order.push_back(part);
      parts[part].push_back(member.id);
    }
    std::vector<std::vector<ConceptId>> kept;
    for (const std::size_t part : order) {
      if (parts[part].size() < 2) continue;
      std::sort(parts[part].begin(), parts[part].end());
      kept.push_back(std::move(parts[part]));
    }
    return kept;
  }

 private:
  /// A filled cell between a concept that takes part and a neighbour.
  struct Edge {
    ConceptId member;  ///< the neighbour, or kBoundary if the neighbour does not take part
    std::uint32_t number;
    std::int64_t weight;
  };
  struct Member {
    ConceptId id;
    std::vector<Edge> after, before;
    std::int64_t self;
  };

  std::size_t class_now(const Edge& edge) const {
    return edge.member == kBoundary ? edge.number : class_of_.at(edge.member);
  }
  void add(std::size_t from, std::size_t to, std::int64_t count) {
    counts_[from * classes_ + to] += count;
    rows_[from] += count;
    columns_[to] += count;
  }
  /// Counts a member's neighbours by class.
  void profile(const Member& member) {
    after_total_ = before_total_ = member.self;
    const auto touch = [&](std::size_t k) {
      if (after_[k] == 0 && before_[k] == 0) touched_.push_back(k);
    };
    for (const Edge& edge : member.after) {
      const std::size_t k = class_now(edge);
      touch(k);
      after_[k] += edge.weight;
      after_total_ += edge.weight;
    }
    for (const Edge& edge : member.before) {
      const std::size_t k = class_now(edge);
      touch(k);
      before_[k] += edge.weight;
      before_total_ += edge.weight;
    }
  }
  void place(std::size_t part, std::int64_t self, int sign) {
    for (const std::size_t k : touched_) {
      if (after_[k] != 0) add(part, k, sign * after_[k]);
      if (before_[k] != 0) add(k, part, sign * before_[k]);
    }
    if (self != 0) add(part, part, sign * self);
  }
  /// By how much the model's log-likelihood grows if the concept joins the part: the sum of n ln n over the cells, less
  /// the same sum over row totals and over column totals. The totals of the other classes do not depend on where the
  /// concept goes.
  double gain(std::size_t part, std::int64_t self) {
    double gain = 0;
    std::int64_t own = self;
    for (const std::size_t k : touched_) {
      if (k == part) {
        own += after_[k] + before_[k];
        continue;
      }
      const std::int64_t to = counts_[part * classes_ + k], from = counts_[k * classes_ + part];
      if (after_[k] != 0) gain += entropy_(to + after_[k]) - entropy_(to);
      if (before_[k] != 0) gain += entropy_(from + before_[k]) - entropy_(from);
    }
    const std::int64_t within = counts_[part * classes_ + part];
    return gain + entropy_(within + own) - entropy_(within) - entropy_(rows_[part] + after_total_) +
           entropy_(rows_[part]) - entropy_(columns_[part] + before_total_) + entropy_(columns_[part]);
  }

  std::size_t parts_, classes_ = 0;
  std::vector<Member> members_;
  std::unordered_map<ConceptId, std::uint32_t> class_of_;
  std::vector<std::int64_t> counts_, rows_, columns_, after_, before_;
  std::int64_t after_total_ = 0, before_total_ = 0;
  std::vector<std::size_t> touched_;
  Entropy entropy_;
};

}  // namespace

std::vector<std::vector<ConceptId>> exchange(const GraphView& graph, std::span<const ConceptId> concepts,
                                             const ExchangeOptions& options) {
  std::vector<ConceptId> ordered(concepts.begin(), concepts.end());
  std::sort(ordered.begin(), ordered.end(), [&](ConceptId a, ConceptId b) {
    const auto x = graph.statistics().total(a), y = graph.statistics().total(b);
    return x != y ? x > y : a < b;
  });
  Exchange exchange(graph, ordered, options.classes);
  for (int pass = 0; pass < options.passes; ++pass)
    if (exchange.pass() * 100 < ordered.size()) break;
  return exchange.parts();
}

std::vector<ConceptId> topmost_categories(const GraphView& graph) {
  std::vector<ConceptId> found;
  for (const auto& [id, count] : graph.statistics().next(Statistics::kRest).sorted())
    if (id != Statistics::kRest && graph.node(id).category == 0) found.push_back(id);
  return found;
}

std::vector<ConceptId> fitting_categories(const GraphView& graph, ConceptId id, std::size_t most) {
  const Statistics& statistics = graph.statistics();
  std::map<ConceptId, double> after, before;  // category -> neighbours in it
  statistics.next(id).for_each([&](ConceptId to, std::uint32_t) { after[statistics.parent(to)] += 1; });
  statistics.previous(id).for_each([&](ConceptId from, std::uint32_t) { before[statistics.parent(from)] += 1; });
  std::set<ConceptId> candidates;
  for (const auto* side : {&after, &before})
    for (const auto& [category, count] : *side) {
      const CountMap& beside = side == &after ? statistics.above(category) : statistics.next(category);
      beside.for_each([&](ConceptId other, std::uint32_t) {
        if (other != Statistics::kRest && statistics.height(other) > 0) candidates.insert(other);
      });
    }
  std::vector<std::pair<double, ConceptId>> scored;
  for (const ConceptId category : candidates) {
    const auto customers = static_cast<double>(statistics.total(category));
    const auto chosen = static_cast<double>(statistics.drawn(category));
    if (chosen == 0) continue;
    double fit = 0;
    for (const auto& [other, count] : after)
      fit += count * base::exact_log((statistics.next(category)[other] + 0.5) / (customers + 1));
    for (const auto& [other, count] : before)
      fit += count * base::exact_log((statistics.next(other)[category] + 0.5) / (chosen + 1));
    scored.emplace_back(-fit, category);
  }
  std::sort(scored.begin(), scored.end());
  std::vector<ConceptId> found;
  for (const auto& [fit, category] : scored)
    if (found.size() < most) found.push_back(category);
  return found;
}

std::vector<ConceptId> common_concepts(const GraphView& graph, std::size_t most, std::uint64_t mentions) {
  constexpr std::size_t kVisited = 512;
  constexpr std::uint32_t kLooked = 65536;
  std::unordered_set<ConceptId> seen{kBoundary};
  std::vector<ConceptId> open{kBoundary}, found;
  for (std::size_t i = 0; i < open.size() && i < kVisited && found.size() < 2 * most; ++i) {
    const CountMap& row = graph.statistics().next(open[i]);
    if (row.size() > kLooked) continue;
    std::vector<std::pair<std::uint64_t, ConceptId>> next;
    row.for_each([&](ConceptId to, std::uint32_t) {
      if (graph.statistics().total(to) >= mentions && seen.insert(to).second)
        next.emplace_back(~graph.statistics().total(to), to);
    });
    std::sort(next.begin(), next.end());
    for (const auto& [total, to] : next) {
      open.push_back(to);
      if (graph.node(to).category == 0 && traits_of(graph.node(to)).may_move) found.push_back(to);
    }
  }
  std::sort(found.begin(), found.end(), [&](ConceptId a, ConceptId b) {
    const auto x = graph.statistics().total(a), y = graph.statistics().total(b);
    return x != y ? x > y : a < b;
  });
  if (found.size() > most) found.resize(most);
  return found;
}

}  // namespace noema::concepts
