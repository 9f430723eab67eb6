#include "reasoning/operators.h"

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/error.h"
#include "concepts/association.h"
#include "concepts/exchange.h"

namespace noema::reasoning {

using concepts::Category;
using concepts::Concentrations;
using concepts::ConceptId;
using concepts::Graph;
using concepts::Position;
using concepts::Side;

namespace {

constexpr std::array<std::string_view, kOperators> kNames{"estimate", "compose", "merge",       "split",    "abstract",
                                                          "relate",   "forget",  "consolidate", "associate"};
constexpr std::size_t kPartners = 6;      // compared by L, of those that share contexts
constexpr std::size_t kPlaces = 3;        // categories that fit a concept best
constexpr std::size_t kSlotPartners = 4;  // compared on either side of a slot
constexpr std::size_t kNeighbours = 12;   // of a unit, that may tell a sense of it
constexpr std::size_t kSeeds = 3;         // of those, that a sense may grow from
constexpr std::size_t kDivided = 1024;    // members that a division looks at, the commonest
constexpr std::uint64_t kCommon = 16;     // mentions of who takes part in the division of the rest
constexpr double kSaying = 1;             // bit that a step of a concentration must gain
constexpr std::int32_t kCodeOffset = 64;

using Operands = std::vector<ConceptId>;

using Parts = std::vector<std::vector<ConceptId>>;

/// A division as operands, and back. Throws base::Error for operands that are none.
Operands coded_division(ConceptId category, const Parts& parts) {
  Operands operands{category, static_cast<ConceptId>(parts.size())};
  for (const auto& part : parts) {
    operands.push_back(static_cast<ConceptId>(part.size()));
    operands.insert(operands.end(), part.begin(), part.end());
  }
  return operands;
}

Parts decoded_division(const Operands& operands) {
  Parts parts;
  for (std::size_t i = 2; i < operands.size();) {
    const std::size_t count = operands[i++];
    if (count > operands.size() - i) throw base::Error("a division of the journal is cut short; run `noema check`");
    const auto begin = operands.begin() + static_cast<std::ptrdiff_t>(i);
    parts.emplace_back(begin, begin + static_cast<std::ptrdiff_t>(count));
    i += count;
  }
  return parts;
}

bool is_division(Operator kind, const Operands& operands) { return kind == Operator::kAbstract && operands.size() > 3; }

void associate(Graph& graph, const Operands& operands, int times) {
  for (std::size_t i = 0; i + 1 < operands.size(); i += 2) graph.associate(operands[i], operands[i + 1], times);
}

}  // namespace

/// Weighs any thought of the graph on the graph as it is.
std::optional<Thought> weigh(const Graph& graph, Operator kind, Operands operands) {
  std::optional<Graph::Proposal> proposal;
  switch (kind) {
    case Operator::kEstimate: proposal = Graph::Proposal{graph.concentrations_gain(decoded(operands)), {}}; break;
    case Operator::kCompose: proposal = graph.propose_composite(operands[0], operands[1]); break;
    case Operator::kMerge: proposal = graph.propose_redirect(operands[0], operands[1]); break;
    case Operator::kSplit:
      proposal = graph.propose_split(operands[0], static_cast<Side>(operands[1]), std::span(operands).subspan(2));
      break;
    case Operator::kAbstract:
      proposal = is_division(kind, operands) ? graph.propose_division(operands[0], decoded_division(operands))
                 : operands.size() == 3      ? graph.propose_category(operands[1], operands[2])
                                             : graph.propose_membership(operands[1], operands[0]);
      break;
    case Operator::kRelate: proposal = graph.propose_schema(operands[0], operands[1]); break;
    case Operator::kForget:
      if (operands.size() == 1) proposal = graph.propose_dissolution(operands[0]);
      if (operands.size() == 2) proposal = graph.propose_membership(operands[1], 0);
      if (operands.size() == 3) proposal = Graph::Proposal{};
      break;
    case Operator::kConsolidate:
    case Operator::kAssociate: break;
  }
  if (!proposal) return std::nullopt;
  return Thought{kind, std::move(operands), proposal->gain_bits, 1, std::move(proposal->occurrences)};
}

namespace {

/// The best of several thoughts, and how many were compared.
class Best {
 public:
  explicit Best(const Graph& graph) : graph_(graph) {}
  void consider(Operator kind, Operands operands) {
    if (!seen_.emplace(kind, operands).second) return;
    auto thought = weigh(graph_, kind, std::move(operands));
    if (thought && (!best_ || thought->gain_bits > best_->gain_bits)) best_ = std::move(thought);
  }
  double gain() const { return best_ ? best_->gain_bits : 0; }
  const std::optional<Thought>& thought() {
    if (best_) best_->examined = seen_.size();
    return best_;
  }

 private:
  const Graph& graph_;
  std::optional<Thought> best_;
  std::set<std::pair<Operator, Operands>> seen_;
};

/// Concepts that keep the company of a concept; those of a category keep the company of its commonest member.
std::vector<concepts::Scored> company_of(const Graph& graph, ConceptId id) {
  concepts::AssociationOptions options;
  options.max_entries = 128;
  options.contexts = 16;
  options.max_fan = 128;
  options.max_candidates = kPartners;
  while (const auto* category = graph.node(id).as<Category>()) {
    const auto& members = category->members;
    if (members.empty()) return {};
    options.max_candidates = 2 * kPartners;  // many of them lie in the category itself
    id = *std::max_element(members.begin(), members.end(), [&](ConceptId a, ConceptId b) {
      return graph.statistics().total(a) < graph.statistics().total(b);
    });
  }
  return concepts::sharing_contexts(graph, id, options);
}

/// Those that keep the same company propose themselves; L says with which of them, if any, the concept is one or shares
/// a category, or that it should leave its own.
std::optional<Thought> find_company(const Graph& graph, ConceptId id, const OperatorSet& allowed) {
  const auto& node = graph.node(id);
  if (!node.active || node.redirect != id || !traits_of(node).may_move) return std::nullopt;
  const bool category = node.is<Category>();
  Best best(graph);
  std::vector<concepts::Scored> company = company_of(graph, id);
  for (const auto& [other, times] : graph.associates(id).sorted())  // asked and recalled together
    if (company.size() < 2 * kPartners) company.push_back({graph.concept_of(other), static_cast<double>(times)});
  for (const concepts::Scored& partner : company) {
    const ConceptId other = partner.id;
    if (other == id) continue;
    if (allowed[Operator::kMerge] && !category)
      best.consider(Operator::kMerge, {std::max(id, other), std::min(id, other)});
    if (!allowed[Operator::kAbstract]) continue;
    const std::vector<ConceptId> above = graph.categories_of(other);
    for (const ConceptId place : above)
      if (place != id && place != node.category) best.consider(Operator::kAbstract, {place, id});
    if (node.category != 0) continue;
    const ConceptId peer = category ? (above.empty() ? other : above.back()) : other;
    if (peer != id && graph.node(peer).category == 0)
      best.consider(Operator::kAbstract, {0, std::min(id, peer), std::max(id, peer)});
  }
  if (!category && allowed[Operator::kAbstract])
    for (const ConceptId place : concepts::fitting_categories(graph, id, kPlaces))
      if (place != node.category) best.consider(Operator::kAbstract, {place, id});
  if (node.category != 0 && allowed[Operator::kForget]) best.consider(Operator::kForget, {0, id});
  return best.thought();
}

/// Divides a category's commonest members, or those of the rest, or the topmost categories, into kinds that exchange
/// clustering finds; L says into how many, if at all.
std::optional<Thought> find_division(const Graph& graph, ConceptId category, bool of_categories) {
  std::vector<ConceptId> members;
  if (of_categories) {
    members = concepts::topmost_categories(graph);
    if (members.size() > kDivided) members.resize(kDivided);
  } else if (category == 0) {
    members = concepts::common_concepts(graph, kDivided, kCommon);
  } else if (graph.node(category).active) {
    for (const ConceptId member : graph.node(category).as<Category>()->members)
      if (graph.node(member).redirect == member && !graph.node(member).is<Category>()) members.push_back(member);
    std::sort(members.begin(), members.end(), [&](ConceptId a, ConceptId b) {
      const auto x = graph.statistics().total(a), y = graph.statistics().total(b);
      return x != y ? x > y : a < b;
    });
    if (members.size() > kDivided) members.resize(kDivided);
  }
  const std::uint32_t most = graph.options().max_cells;
  std::erase_if(members, [&](ConceptId id) {
    return graph.statistics().next(id).size() + graph.statistics().previous(id).size() > most;
  });
  // How many kinds there are is tried side by side; which of them is best does not depend on who is done first.
  std::vector<std::size_t> tried;
  const bool coarse = category != 0 || of_categories;
  for (const std::size_t classes : {64U, 32U, 16U, 8U, 4U, 2U})
    if (members.size() >= (of_categories ? 2 : 4) * classes && (coarse ? classes <= 8 : classes >= 8))
      tried.push_back(classes);
  std::vector<std::optional<Thought>> found(tried.size());
  tbb::parallel_for(std::size_t{0}, tried.size(), [&](std::size_t i) {
    concepts::ExchangeOptions options;
    options.classes = tried[i];
    const Parts parts = concepts::exchange(graph, members, options);
    if (parts.size() > 1) found[i] = weigh(graph, Operator::kAbstract, coded_division(category, parts));
  });
  std::optional<Thought> best;
  for (auto& thought : found)
    if (thought && (!best || thought->gain_bits > best->gain_bits)) best = std::move(thought);
  if (best) best->examined = tried.size();
  return best;
}

/// What stands beside a category's members more often than anything else makes a schema with it.
std::optional<Thought> find_schema(const Graph& graph, ConceptId category) {
  constexpr std::size_t kMembers = 64;
  const auto& node = graph.node(category);
  if (!node.active || !node.is<Category>()) return std::nullopt;
  std::vector<ConceptId> members, open{category};  // the concepts that lie in it, at any depth
  while (!open.empty() && members.size() < kMembers) {
    const ConceptId id = open.back();
    open.pop_back();
    for (const ConceptId member : graph.node(id).as<Category>()->members)
      (graph.node(member).is<Category>() ? open : members).push_back(member);
  }
  if (members.size() > kMembers) members.resize(kMembers);
  Best best(graph);
  for (const bool slot_first : {false, true}) {
    std::map<ConceptId, std::uint64_t> beside;
    for (const ConceptId member : members) {
      const auto& cells = slot_first ? graph.statistics().next(member) : graph.statistics().previous(member);
      if (cells.size() > graph.options().max_cells) continue;
      cells.for_each([&](ConceptId other, std::uint32_t count) { beside[other] += count; });
    }
    std::vector<std::pair<std::uint64_t, ConceptId>> commonest;
    for (const auto& [other, count] : beside)
      if (other != concepts::kBoundary && count >= 4) commonest.emplace_back(~count, other);
    std::sort(commonest.begin(), commonest.end());
    for (std::size_t i = 0; i < std::min(kSlotPartners, commonest.size()); ++i) {
      const ConceptId fixed = graph.unit_of(commonest[i].second);
      best.consider(Operator::kRelate, slot_first ? Operands{category, fixed} : Operands{fixed, category});
    }
  }
  return best.thought();
}

/// Grows, from each of the commonest neighbours, the set of neighbours that tells a sense best.
std::optional<Thought> find_sense(const Graph& graph, ConceptId unit) {
  const auto& node = graph.node(unit);
  if (!node.active || !node.is<concepts::Unit>() || node.redirect != unit ||
      node.positions.size() > graph.options().max_redirected)
    return std::nullopt;
  const auto& stream = graph.stream();
  Best best(graph);
  for (const Side side : {Side::kBefore, Side::kAfter}) {
    std::map<ConceptId, std::uint64_t> counts;
    for (const Position p : node.positions) {
      if (stream.owner(p) != unit) continue;
      const bool outside = stream.begins_episode(side == Side::kBefore ? p : p + 1);
      ++counts[outside ? concepts::kBoundary : stream.leaf(side == Side::kBefore ? p - 1 : p + 1)];
    }
    std::vector<std::pair<std::uint64_t, ConceptId>> commonest;
    for (const auto& [other, count] : counts) commonest.emplace_back(~count, other);
    std::sort(commonest.begin(), commonest.end());
    if (commonest.size() > kNeighbours) commonest.resize(kNeighbours);
    for (std::size_t seed = 0; seed < std::min(kSeeds, commonest.size()); ++seed) {
      std::vector<ConceptId> told{commonest[seed].second};
      double gain = -1e300;
      const auto try_with = [&](ConceptId other) {
        std::vector<ConceptId> more = told;
        if (other != told.front() || told.size() > 1) more.push_back(other);
        std::sort(more.begin(), more.end());
        const auto proposal = graph.propose_split(unit, side, more);
        if (!proposal || proposal->gain_bits <= gain) return;
        gain = proposal->gain_bits;
        told = std::move(more);
      };
      try_with(told.front());
      for (std::size_t i = 0; i < commonest.size(); ++i)
        if (i != seed) try_with(commonest[i].second);
      Operands operands{unit, static_cast<ConceptId>(side)};
      operands.insert(operands.end(), told.begin(), told.end());
      best.consider(Operator::kSplit, std::move(operands));
    }
  }
  auto thought = best.thought();
  if (thought) thought->examined = 2 * kSeeds * kNeighbours;
  return thought;
}

/// Coordinate search, one concentration after another over its whole range, until nothing gains. Each step must gain
/// something worth saying, so that what nothing speaks for stays where it was.
std::optional<Thought> estimate(const Graph& graph) {
  Concentrations best = graph.concentrations();
  double best_gain = 0;
  std::size_t examined = 1;
  const auto search = [&](std::int32_t Concentrations::*member, std::int32_t low, std::int32_t high) {
    bool moved = false;
    for (const std::int32_t step : {4, -4, 1, -1}) {
      for (;;) {
        Concentrations next = best;
        next.*member += step;
        if (next.*member < low || next.*member > high) break;
        ++examined;
        const double gain = graph.concentrations_gain(next);
        if (gain <= best_gain + kSaying) break;
        best = next;
        best_gain = gain;
        moved = true;
      }
    }
    return moved;
  };
  for (bool moved = true; moved;) {
    moved = false;
    for (const auto discount : {&Concentrations::row_discount, &Concentrations::category_discount,
                                &Concentrations::member_discount, &Concentrations::rest_discount})
      moved |= search(discount, 1, Concentrations::kMaxDiscount);
    for (const auto strength : {&Concentrations::row_strength, &Concentrations::category_strength,
                                &Concentrations::member_strength, &Concentrations::rest_strength})
      moved |= search(strength, Concentrations::kMinStrength, Concentrations::kMaxStrength);
  }
  if (best == graph.concentrations()) return std::nullopt;
  return Thought{Operator::kEstimate, coded(best), best_gain, examined, {}};
}

}  // namespace

std::string_view name_of(Operator kind) { return kNames[static_cast<std::size_t>(kind)]; }

Operator operator_named(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end())
    throw base::Error(
        fmt::format("the journal holds a thought of kind '{}', which this noema does not know; use a newer one", name));
  return static_cast<Operator>(found - kNames.begin());
}

std::optional<Thought> examine(const Graph& graph, const Suggestion& suggestion, const OperatorSet& allowed) {
  switch (suggestion.kind) {
    case Operator::kEstimate: return estimate(graph);
    case Operator::kCompose: return weigh(graph, Operator::kCompose, {suggestion.a, suggestion.b});
    case Operator::kMerge: return find_company(graph, suggestion.a, allowed);
    case Operator::kAbstract:
      return suggestion.b == 0 ? find_company(graph, suggestion.a, allowed)
                               : find_division(graph, suggestion.a, suggestion.b == 2);
    case Operator::kSplit: return find_sense(graph, suggestion.a);
    case Operator::kRelate: return find_schema(graph, suggestion.a);
    case Operator::kForget: return weigh(graph, Operator::kForget, {suggestion.a});
    case Operator::kConsolidate:
    case Operator::kAssociate: break;
  }
  return std::nullopt;
}

std::optional<Thought> examine_again(const Graph& graph, const Thought& thought) {
  auto now = weigh(graph, thought.kind, thought.operands);
  if (now) now->examined = thought.examined;
  return now;
}

ConceptId result_of(const Graph& graph, Operator kind, const Operands& operands) {
  const auto fresh = static_cast<ConceptId>(graph.size());
  switch (kind) {
    case Operator::kCompose:
    case Operator::kSplit:
    case Operator::kRelate: return fresh;
    case Operator::kMerge: return operands.at(1);
    case Operator::kAbstract: return operands.size() > 2 ? fresh : operands.at(0);
    case Operator::kForget: return operands.at(0) != 0 ? operands[0] : operands.at(1);
    case Operator::kEstimate:
    case Operator::kConsolidate:
    case Operator::kAssociate: break;
  }
  return 0;
}

Operands before(const Graph& graph, Operator kind, const Operands& operands) {
  if (kind == Operator::kEstimate) return coded(graph.concentrations());
  if (kind == Operator::kAbstract && operands.size() == 2) return {graph.node(operands[1]).category};
  if (kind == Operator::kForget && operands.size() == 2) return {graph.node(operands[1]).category};
  if (kind == Operator::kForget && operands.size() == 1)
    if (const auto* category = graph.node(operands[0]).as<Category>()) return category->members;
  return {};
}

ConceptId apply(Graph& graph, Operator kind, const Operands& operands, std::uint64_t thought) {
  const ConceptId result = result_of(graph, kind, operands);
  switch (kind) {
    case Operator::kEstimate: graph.set_concentrations(decoded(operands)); break;
    case Operator::kCompose: graph.compose(operands.at(0), operands.at(1), thought); break;
    case Operator::kMerge: graph.redirect(operands.at(0), operands.at(1)); break;
    case Operator::kSplit:
      graph.split(operands.at(0), static_cast<Side>(operands.at(1)), std::span(operands).subspan(2), thought);
      break;
    case Operator::kAbstract:
      if (is_division(kind, operands))
        graph.divide(operands[0], decoded_division(operands), thought);
      else if (operands.size() == 3)
        graph.categorise(operands[1], operands[2], thought);
      else
        graph.set_category(operands.at(1), operands[0]);
      break;
    case Operator::kRelate: graph.relate(operands.at(0), operands.at(1), thought); break;
    case Operator::kForget:
      if (operands.size() == 1)
        graph.dissolve(operands[0]);
      else
        graph.set_category(operands.at(1), 0);
      break;
    case Operator::kConsolidate: break;
    case Operator::kAssociate: associate(graph, operands, 1); break;
  }
  return result;
}

void undo(Graph& graph, Operator kind, const Operands& operands, ConceptId result, const Operands& before) {
  switch (kind) {
    case Operator::kEstimate: graph.set_concentrations(decoded(before)); break;
    case Operator::kCompose:
    case Operator::kSplit:
    case Operator::kRelate: graph.dissolve(result); break;
    case Operator::kMerge: graph.restore(operands.at(0)); break;
    case Operator::kAbstract:
      if (is_division(kind, operands))
        graph.unite(result, operands[1]);
      else if (operands.size() == 3)
        graph.dissolve(result);
      else
        graph.set_category(operands.at(1), before.at(0));
      break;
    case Operator::kForget:
      if (operands.size() == 1) {
        graph.revive(operands[0]);
        for (const ConceptId member : before) graph.set_category(member, operands[0]);
      } else {
        graph.set_category(operands.at(1), before.at(0));
      }
      break;
    case Operator::kConsolidate: break;
    case Operator::kAssociate: associate(graph, operands, -1); break;
  }
}

Operands coded(const Concentrations& c) {
  Operands operands;
  for (const std::int32_t value : {c.row_discount, c.row_strength, c.rest_discount, c.rest_strength,
                                   c.category_discount, c.category_strength, c.member_discount, c.member_strength})
    operands.push_back(static_cast<ConceptId>(value + kCodeOffset));
  return operands;
}

Concentrations decoded(const Operands& operands) {
  constexpr std::size_t kAll = 8, kEarly = 4;  // early lives have no categories, so the other four keep their defaults
  if (operands.size() != kAll && operands.size() != kEarly)
    throw base::Error(fmt::format("concentrations are 8 integers, found {}; run `noema check`", operands.size()));
  Operands all = coded(Concentrations{});
  std::copy(operands.begin(), operands.end(), all.begin());
  const auto value = [&](std::size_t i) { return static_cast<std::int32_t>(all[i]) - kCodeOffset; };
  return {value(0), value(1), value(2), value(3), value(4), value(5), value(6), value(7)};
}

}  // namespace noema::reasoning
