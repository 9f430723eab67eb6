#include "reasoning/operators.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "concepts/association.h"

namespace noema::reasoning {

using concepts::Concentrations;
using concepts::ConceptId;
using concepts::Graph;

namespace {

constexpr std::array<std::string_view, 3> kNames{"estimate", "compose", "merge"};
constexpr std::size_t kMergePartners = 6;  // compared by L, of those that share contexts
constexpr std::int32_t kCodeOffset = 64;

std::optional<Thought> weigh_composite(const Graph& graph, ConceptId first, ConceptId second) {
  auto proposal = graph.propose_composite(first, second);
  if (!proposal) return std::nullopt;
  return Thought{Operator::kCompose, {first, second}, proposal->gain_bits, 1, std::move(proposal->occurrences)};
}

std::optional<Thought> weigh_redirect(const Graph& graph, ConceptId a, ConceptId b) {
  const ConceptId from = std::max(a, b);
  const ConceptId into = std::min(a, b);
  auto proposal = graph.propose_redirect(from, into);
  if (!proposal) return std::nullopt;
  return Thought{Operator::kMerge, {from, into}, proposal->gain_bits, 1, std::move(proposal->occurrences)};
}

/// Those that keep the same company propose themselves; L says with which of them, if any, the concept is one.
std::optional<Thought> find_partner(const Graph& graph, ConceptId concept_id) {
  if (!graph.node(concept_id).active || graph.node(concept_id).redirect != concept_id) return std::nullopt;
  concepts::AssociationOptions options;
  options.max_entries = 128;
  options.contexts = 16;
  options.max_fan = 128;
  options.max_candidates = kMergePartners;
  std::optional<Thought> best;
  std::size_t examined = 0;
  for (const concepts::Scored& candidate : concepts::sharing_contexts(graph, concept_id, options)) {
    auto thought = weigh_redirect(graph, concept_id, candidate.id);
    ++examined;
    if (thought && (!best || thought->gain_bits > best->gain_bits)) best = std::move(thought);
  }
  if (best) best->examined = examined;
  return best;
}

/// Coordinate search, one concentration after another over its whole range, until nothing gains.
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
        if (gain <= best_gain) break;
        best = next;
        best_gain = gain;
        moved = true;
      }
    }
    return moved;
  };
  for (bool moved = true; moved;) {
    moved = search(&Concentrations::row_discount, 1, Concentrations::kMaxDiscount);
    moved |= search(&Concentrations::row_strength, Concentrations::kMinStrength, Concentrations::kMaxStrength);
    moved |= search(&Concentrations::root_discount, 1, Concentrations::kMaxDiscount);
    moved |= search(&Concentrations::root_strength, Concentrations::kMinStrength, Concentrations::kMaxStrength);
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

std::optional<Thought> examine(const Graph& graph, const Suggestion& suggestion) {
  switch (suggestion.kind) {
    case Operator::kEstimate: return estimate(graph);
    case Operator::kCompose: return weigh_composite(graph, suggestion.a, suggestion.b);
    case Operator::kMerge: return find_partner(graph, suggestion.a);
  }
  return std::nullopt;
}

std::optional<Thought> examine_again(const Graph& graph, const Thought& thought) {
  std::optional<Thought> now;
  if (thought.kind == Operator::kCompose) now = weigh_composite(graph, thought.operands[0], thought.operands[1]);
  if (thought.kind == Operator::kMerge) now = weigh_redirect(graph, thought.operands[0], thought.operands[1]);
  if (thought.kind == Operator::kEstimate) {
    now = thought;
    now->gain_bits = graph.concentrations_gain(decoded(thought.operands));
  }
  if (now) now->examined = thought.examined;
  return now;
}

ConceptId apply(Graph& graph, Operator kind, const std::vector<ConceptId>& operands, std::uint64_t thought) {
  switch (kind) {
    case Operator::kCompose: return graph.compose(operands.at(0), operands.at(1), thought);
    case Operator::kMerge: graph.redirect(operands.at(0), operands.at(1)); return operands.at(1);
    case Operator::kEstimate: graph.set_concentrations(decoded(operands)); return 0;
  }
  return 0;
}

void undo(Graph& graph, Operator kind, const std::vector<ConceptId>& operands, ConceptId result,
          const Concentrations& before) {
  switch (kind) {
    case Operator::kCompose: graph.dissolve(result); break;
    case Operator::kMerge: graph.restore(operands.at(0)); break;
    case Operator::kEstimate: graph.set_concentrations(before); break;
  }
}

std::vector<ConceptId> coded(const Concentrations& c) {
  std::vector<ConceptId> operands;
  for (const std::int32_t value : {c.row_discount, c.row_strength, c.root_discount, c.root_strength})
    operands.push_back(static_cast<ConceptId>(value + kCodeOffset));
  return operands;
}

Concentrations decoded(const std::vector<ConceptId>& operands) {
  const auto value = [&](std::size_t i) { return static_cast<std::int32_t>(operands.at(i)) - kCodeOffset; };
  return {value(0), value(1), value(2), value(3)};
}

}  // namespace noema::reasoning
