#include "concepts/weighing.h"

#include <algorithm>
#include <utility>

#include "base/numbers.h"
#include "concepts/description.h"

namespace noema::concepts {
namespace {

constexpr std::size_t kFewMembers = 8;  // of a category that one thought can dissolve

/// Whether a concept or category can be moved at a bounded cost.
bool can_move(const GraphView& graph, ConceptId id) {
  const Nodes& nodes = graph.nodes();
  const Node& node = nodes[id];
  return id != kBoundary && node.active && nodes.traits(id).may_move && node.redirect == id &&
         graph.statistics().next(id).size() + graph.statistics().previous(id).size() <= graph.options().max_cells;
}

std::optional<Proposal> propose_joined(const GraphView& graph, NodeKind kind) {
  const Nodes& nodes = graph.nodes();
  Node node;
  node.kind = std::move(kind);
  const Schema* schema = node.as<Schema>();
  node.length = std::visit([&](const auto& made) { return made.length(nodes); }, node.kind);
  Proposal proposal;
  proposal.occurrences = joinable(graph.ground(), node);
  if (proposal.occurrences.size() < 2) return std::nullopt;
  const auto made = static_cast<ConceptId>(nodes.size());
  GraphChange change = joining(node, made, proposal.occurrences);
  change.made_schema = {made, schema};
  proposal.gain_bits =
      -growth_bits(graph, change) - std::visit([&](const auto& one) { return one.bits(made); }, node.kind);
  return proposal;
}

}  // namespace

// --- L --------------------------------------------------------------------------------------------------------------

double description_bits(const GraphView& graph) { return graph_bits(graph) + mentions_bits(graph); }

double graph_bits(const GraphView& graph) {
  double bits = Concentrations::kBits + graph.categories().bits();
  graph.nodes().for_each([&](ConceptId id) {
    if (id != kBoundary && graph.node(id).active) bits += graph.nodes().bits(id);
  });
  return bits;
}

double mentions_bits(const GraphView& graph) {
  double nats = 0;
  for (const auto& layer : graph.layers()) nats += layer->nats(graph.ground());
  return base::bits_of(nats);
}

double growth_bits(const GraphView& graph, const GraphChange& change) {
  const Effect effect(graph.ground(), change);
  double nats = 0;
  for (const auto& layer : graph.layers()) nats += layer->growth(graph.ground(), effect);
  return base::bits_of(nats);
}

double concentrations_gain(const GraphView& graph, const Concentrations& other) {
  return base::bits_of(graph.sequence().concentrations_gain(other));
}

// --- Composites and schemas -----------------------------------------------------------------------------------------

std::vector<ConceptId> fillers_for(const Nodes& nodes, ConceptId first, ConceptId second) {
  const bool slot_first = nodes[first].is<Category>();
  const ConceptId fixed = slot_first ? second : first;
  std::vector<ConceptId> open{slot_first ? first : second}, fillers;
  const auto consider = [&](ConceptId unit) {
    const auto units = slot_first ? nodes.units_of(unit, fixed) : nodes.units_of(fixed, unit);
    const auto known = slot_first ? nodes.joined(unit, fixed) : nodes.joined(fixed, unit);
    if (!known && nodes[nodes.contexts(units).front()].length < units.size()) fillers.push_back(unit);
  };
  while (!open.empty()) {
    const Category& category = *nodes[open.back()].as<Category>();
    open.pop_back();
    for (const ConceptId member : category.members)
      for (const ConceptId form : nodes.forms_of(member)) {
        if (nodes[form].is<Category>()) open.push_back(form);
        if (nodes[form].is<Unit>()) consider(form);
      }
  }
  std::sort(fillers.begin(), fillers.end());
  fillers.erase(std::unique(fillers.begin(), fillers.end()), fillers.end());
  return fillers;
}

Schema schema_of(const Nodes& nodes, ConceptId first, ConceptId second, std::vector<ConceptId> fillers) {
  const bool slot_first = nodes[first].is<Category>();
  return {slot_first ? second : first, slot_first ? first : second, slot_first, std::move(fillers), {}};
}

std::optional<Proposal> propose_composite(const GraphView& graph, ConceptId first, ConceptId second) {
  const Nodes& nodes = graph.nodes();
  for (const ConceptId part : {first, second})
    if (part == kBoundary || !nodes[part].active || !nodes.traits(part).may_be_part) return std::nullopt;
  if (nodes[first].length + nodes[second].length > graph.options().max_length || nodes.joined(first, second))
    return std::nullopt;
  if (std::min(nodes[first].positions.size(), nodes[second].positions.size()) > graph.options().max_occurrences)
    return std::nullopt;
  const std::vector<ConceptId> units = nodes.units_of(first, second);
  if (nodes[nodes.contexts(units).front()].length == units.size())
    return std::nullopt;  // known already, divided otherwise
  return propose_joined(graph, Composite{first, second, {}});
}

std::optional<Proposal> propose_schema(const GraphView& graph, ConceptId first, ConceptId second) {
  const Nodes& nodes = graph.nodes();
  if (first == kBoundary || second == kBoundary || !nodes[first].active || !nodes[second].active) return std::nullopt;
  const bool slot_first = nodes[first].is<Category>();
  const ConceptId fixed = slot_first ? second : first;
  if (!nodes[slot_first ? first : second].is<Category>() || !nodes.traits(fixed).may_be_fixed) return std::nullopt;
  if (nodes[fixed].length + 1 > graph.options().max_length || nodes.joined(first, second)) return std::nullopt;
  Schema schema = schema_of(nodes, first, second, fillers_for(nodes, first, second));
  if (schema.fillers.size() < 2 || schema.fillers.size() > graph.options().max_fillers) return std::nullopt;
  std::size_t most = 0;
  for (const ConceptId filler : schema.fillers)
    most += std::min(nodes[filler].positions.size(), nodes[fixed].positions.size());
  if (most > graph.options().max_occurrences) return std::nullopt;
  return propose_joined(graph, std::move(schema));
}

// --- Senses and forms -----------------------------------------------------------------------------------------------

std::optional<Proposal> propose_split(const GraphView& graph, ConceptId unit, Side side,
                                      std::span<const ConceptId> neighbours) {
  const Nodes& nodes = graph.nodes();
  const Node& node = nodes[unit];
  if (unit == kBoundary || !node.active || !node.is<Unit>() || node.redirect != unit) return std::nullopt;
  if (neighbours.empty() || node.positions.size() > graph.options().max_occurrences) return std::nullopt;
  for (const ConceptId neighbour : neighbours)
    if (!nodes[neighbour].is<Unit>()) return std::nullopt;
  const Sense sense{unit, side, {neighbours.begin(), neighbours.end()}};
  Proposal proposal;
  proposal.occurrences = selected_by(graph.ground(), sense);
  std::erase_if(proposal.occurrences, [&](Position p) { return graph.stream().owner(p) != unit; });
  const auto moved = static_cast<std::int64_t>(proposal.occurrences.size());
  if (moved < 2 || moved >= node.mentions) return std::nullopt;
  const auto made = static_cast<ConceptId>(nodes.size());
  GraphChange change = reassigning(graph.ground(), proposal.occurrences, made);
  for (NewMention& mention : change.mentions) mention.node = made;
  proposal.gain_bits = -growth_bits(graph, change) - sense.bits(made);
  return proposal;
}

std::optional<Proposal> propose_redirect(const GraphView& graph, ConceptId from, ConceptId into) {
  const Nodes& nodes = graph.nodes();
  if (from <= into || into == kBoundary || !nodes[from].active || !nodes[into].active) return std::nullopt;
  if (nodes[from].redirect != from || nodes[into].redirect != into) return std::nullopt;
  for (const ConceptId id : {from, into})
    if (!nodes.traits(id).may_merge) return std::nullopt;
  const std::vector<ConceptId> moved = nodes.forms_of(from);
  std::size_t positions = 0;
  for (const ConceptId node : moved) positions += nodes.positions_of(node).size();
  if (positions > graph.options().max_redirected) return std::nullopt;
  Proposal proposal;
  proposal.occurrences = mentions_of(graph.ground(), moved);
  GraphChange change = reassigning(graph.ground(), proposal.occurrences, into);
  change.redirects.emplace_back(from, into);
  double bits = redirect_bits(from);
  if (nodes[from].category != 0) bits -= graph.categories().gain(-1, 0);  // a form lies where its concept lies
  proposal.gain_bits = -growth_bits(graph, change) - bits;
  return proposal;
}

// --- Categories -----------------------------------------------------------------------------------------------------

std::optional<Proposal> propose_category(const GraphView& graph, ConceptId a, ConceptId b) {
  const Nodes& nodes = graph.nodes();
  if (a == b) return std::nullopt;
  for (const ConceptId id : {a, b})
    if (!can_move(graph, id) || nodes[id].category != 0) return std::nullopt;
  const auto made = static_cast<ConceptId>(nodes.size());
  GraphChange change;
  change.heights.emplace_back(made, height_over(nodes, a, b));
  change.categories = {{a, made}, {b, made}};
  return Proposal{-growth_bits(graph, change) - category_bits() + graph.categories().gain(2, 1), {}};
}

std::optional<Proposal> propose_division(const GraphView& graph, ConceptId category,
                                         std::span<const std::vector<ConceptId>> parts) {
  const Nodes& nodes = graph.nodes();
  if (parts.size() < (category == 0 ? 1 : 2)) return std::nullopt;
  if (category != 0 && !is_category(nodes, category)) return std::nullopt;
  const std::uint32_t height = height_of_parts(nodes, category, parts);
  if (height == 0) return std::nullopt;
  GraphChange change;
  auto made = static_cast<ConceptId>(nodes.size());
  std::int64_t memberships = 0;
  for (const std::vector<ConceptId>& part : parts) {
    change.heights.emplace_back(made, height);
    if (category != 0) change.categories.emplace_back(made, category);
    for (const ConceptId member : part) {
      if (!can_move(graph, member) || nodes[member].category != category || height_of(nodes, member) >= height)
        return std::nullopt;
      change.categories.emplace_back(member, made);
    }
    memberships += category == 0 ? static_cast<std::int64_t>(part.size()) : 1;
    ++made;
  }
  const auto count = static_cast<std::int64_t>(parts.size());
  return Proposal{-growth_bits(graph, change) - static_cast<double>(count) * category_bits() +
                      graph.categories().gain(memberships, count),
                  {}};
}

std::optional<Proposal> propose_membership(const GraphView& graph, ConceptId id, ConceptId category) {
  const Nodes& nodes = graph.nodes();
  const Node& node = nodes[id];
  if (!can_move(graph, id) || node.category == category) return std::nullopt;
  if (category != 0 && (!is_category(nodes, category) || height_of(nodes, category) <= height_of(nodes, id)))
    return std::nullopt;
  GraphChange change;
  change.categories.emplace_back(id, category);
  return Proposal{-growth_bits(graph, change) + graph.categories().gain((category != 0) - (node.category != 0), 0), {}};
}

// --- Dissolving -----------------------------------------------------------------------------------------------------

std::optional<Proposal> propose_dissolution(const GraphView& graph, ConceptId id) {
  const Nodes& nodes = graph.nodes();
  const Node& node = nodes[id];
  if (!node.active || node.made_by == 0 || node.is_protected) return std::nullopt;
  if (const Category* category = node.as<Category>()) {
    if (node.category != 0 || !node.wholes.empty() || category->members.size() > kFewMembers) return std::nullopt;
    GraphChange change;
    for (const ConceptId member : category->members) {
      if (nodes[member].redirect != member || !can_move(graph, member)) return std::nullopt;
      change.categories.emplace_back(member, 0);
    }
    const auto members = static_cast<std::int64_t>(category->members.size());
    return Proposal{nodes.bits(id) - growth_bits(graph, change) + graph.categories().gain(-members, -1), {}};
  }
  if (stands_on(nodes, id)) return std::nullopt;
  Proposal proposal;
  proposal.occurrences = mentions_of(graph.ground(), {&id, 1});
  const std::vector<std::uint32_t> episodes = episodes_of(graph.stream(), proposal.occurrences);
  if (episodes.size() > graph.options().max_divided) return std::nullopt;
  proposal.gain_bits = nodes.bits(id) - growth_bits(graph, dividing_anew(graph.ground(), episodes, id));
  return proposal;
}

}  // namespace noema::concepts
