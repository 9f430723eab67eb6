// Nodes of two parts in order, composites and schemas: what making and dissolving one would gain, and doing it.

#include <algorithm>

#include "base/error.h"
#include "base/numbers.h"
#include "concepts/description.h"
#include "concepts/graph.h"

namespace noema::concepts {
namespace {
constexpr std::size_t kFewMembers = 8;  // of a category that one thought can dissolve
}

/// The two mentions at each of these places become one.
GraphChange Graph::joining(const Node& node, ConceptId made, std::span<const Position> occurrences) const {
  GraphChange change;
  change.rewrites.reserve(occurrences.size());
  const NewMention mention{made, made, node.length};
  for (const Position p : occurrences) change.rewrite(p, p + node.length, {&mention, 1});
  return change;
}

/// These episodes divide into mentions as the active nodes say now, as if `without` were not there.
GraphChange Graph::dividing_anew(std::span<const std::uint32_t> episodes, ConceptId without) const {
  GraphChange change;
  for (const std::uint32_t episode : episodes) {
    std::vector<NewMention> mentions;
    for (const Mention& mention : concepts::divide(nodes_, stream_.leaves(episode), without))
      mentions.push_back({mention.node, concept_of(mention.node), mention.length});
    change.rewrite(stream_.begin(episode), stream_.end(episode), mentions);
  }
  return change;
}

std::vector<ConceptId> Graph::fillers_for(ConceptId first, ConceptId second) const {
  const bool slot_first = nodes_[first].is<Category>();
  const ConceptId fixed = slot_first ? second : first;
  std::vector<ConceptId> open{slot_first ? first : second}, fillers;
  const auto consider = [&](ConceptId unit) {
    const auto units = slot_first ? nodes_.units_of(unit, fixed) : nodes_.units_of(fixed, unit);
    const auto known = slot_first ? composite(unit, fixed) : composite(fixed, unit);
    if (!known && nodes_[contexts(units).front()].length < units.size()) fillers.push_back(unit);
  };
  while (!open.empty()) {
    const Category& category = *nodes_[open.back()].as<Category>();
    open.pop_back();
    for (const ConceptId member : category.members)
      for (const ConceptId form : forms_of(member)) {
        if (nodes_[form].is<Category>()) open.push_back(form);
        if (nodes_[form].is<Unit>()) consider(form);
      }
  }
  std::sort(fillers.begin(), fillers.end());
  fillers.erase(std::unique(fillers.begin(), fillers.end()), fillers.end());
  return fillers;
}

/// A schema of these two, one of which is a category.
Schema Graph::schema_of(ConceptId first, ConceptId second, std::vector<ConceptId> fillers) const {
  const bool slot_first = nodes_[first].is<Category>();
  return {slot_first ? second : first, slot_first ? first : second, slot_first, std::move(fillers), {}};
}

std::optional<Graph::Proposal> Graph::propose_joined(NodeKind kind) const {
  Node node;
  node.kind = std::move(kind);
  const Schema* schema = node.as<Schema>();
  node.length = std::visit([&](const auto& made) { return made.length(nodes_); }, node.kind);
  Proposal proposal;
  proposal.occurrences = joinable(ground(), node);
  if (proposal.occurrences.size() < 2) return std::nullopt;
  const auto made = static_cast<ConceptId>(nodes_.size());
  GraphChange change = joining(node, made, proposal.occurrences);
  change.made_schema = {made, schema};
  proposal.gain_bits = -growth_bits(change) - std::visit([&](const auto& one) { return one.bits(made); }, node.kind);
  return proposal;
}

std::optional<Graph::Proposal> Graph::propose_composite(ConceptId first, ConceptId second) const {
  for (const ConceptId part : {first, second})
    if (part == kBoundary || !nodes_[part].active || !nodes_.traits(part).may_be_part) return std::nullopt;
  if (nodes_[first].length + nodes_[second].length > options_.max_length || composite(first, second))
    return std::nullopt;
  if (std::min(nodes_[first].positions.size(), nodes_[second].positions.size()) > options_.max_occurrences)
    return std::nullopt;
  const std::vector<ConceptId> units = nodes_.units_of(first, second);
  if (nodes_[contexts(units).front()].length == units.size()) return std::nullopt;  // known already, divided otherwise
  return propose_joined(Composite{first, second, {}});
}

std::optional<Graph::Proposal> Graph::propose_schema(ConceptId first, ConceptId second) const {
  if (first == kBoundary || second == kBoundary || !nodes_[first].active || !nodes_[second].active) return std::nullopt;
  const bool slot_first = nodes_[first].is<Category>();
  const ConceptId fixed = slot_first ? second : first;
  if (!nodes_[slot_first ? first : second].is<Category>() || !nodes_.traits(fixed).may_be_fixed) return std::nullopt;
  if (nodes_[fixed].length + 1 > options_.max_length || composite(first, second)) return std::nullopt;
  Schema schema = schema_of(first, second, fillers_for(first, second));
  if (schema.fillers.size() < 2 || schema.fillers.size() > options_.max_fillers) return std::nullopt;
  std::size_t most = 0;
  for (const ConceptId filler : schema.fillers)
    most += std::min(nodes_[filler].positions.size(), nodes_[fixed].positions.size());
  if (most > options_.max_occurrences) return std::nullopt;
  return propose_joined(std::move(schema));
}

/// Finds where the units of a composite or schema occur, and what follows them.
void Graph::place_units(ConceptId id) {
  Node& node = nodes_.at(id);
  node.positions = unit_occurrences(ground(), node);
  Followers& followers = *followers_in(node);
  followers = {};
  for (const Position p : node.positions) {
    const Position next = p + node.length;
    followers.add(stream_.begins_episode(next) ? kBoundary : stream_.leaf(next), 1);
  }
  nodes_.touch(id);
}

ConceptId Graph::make_joined(NodeKind kind, std::uint64_t thought) {
  Node node;
  node.kind = std::move(kind);
  node.made_by = thought;
  const ConceptId made = add_node(std::move(node));
  place_units(made);
  const std::vector<Position> occurrences = joinable(ground(), nodes_[made]);
  apply(joining(nodes_[made], made, occurrences));
  nodes_.enter(made);
  return made;
}

ConceptId Graph::compose(ConceptId first, ConceptId second, std::uint64_t thought) {
  return make_joined(Composite{first, second, {}}, thought);
}

ConceptId Graph::relate(ConceptId first, ConceptId second, std::vector<ConceptId> fillers, std::uint64_t thought) {
  base::check(nodes_[first].is<Category>() != nodes_[second].is<Category>(), "one part of a schema is a category");
  return make_joined(schema_of(first, second, std::move(fillers)), thought);
}

std::optional<Graph::Proposal> Graph::propose_dissolution(ConceptId id) const {
  const Node& node = nodes_[id];
  if (!node.active || node.made_by == 0) return std::nullopt;
  if (const Category* category = node.as<Category>()) {
    if (node.category != 0 || !node.wholes.empty() || category->members.size() > kFewMembers) return std::nullopt;
    GraphChange change;
    for (const ConceptId member : category->members) {
      if (nodes_[member].redirect != member || !can_move(member)) return std::nullopt;
      change.categories.emplace_back(member, 0);
    }
    const auto members = static_cast<std::int64_t>(category->members.size());
    return Proposal{nodes_.bits(id) - growth_bits(change) + categories_.gain(-members, -1), {}};
  }
  if (stands_on(id)) return std::nullopt;
  Proposal proposal;
  proposal.occurrences = mentions_of(ground(), {&id, 1});
  const std::vector<std::uint32_t> episodes = episodes_of(stream_, proposal.occurrences);
  if (episodes.size() > options_.max_divided) return std::nullopt;
  proposal.gain_bits = nodes_.bits(id) - growth_bits(dividing_anew(episodes, id));
  return proposal;
}

void Graph::dissolve(ConceptId id) {
  base::check(nodes_[id].active && nodes_[id].made_by != 0, "only a node that a thought made is dissolved");
  if (const Category* category = nodes_[id].as<Category>()) {
    base::check(nodes_[id].category == 0 && nodes_[id].wholes.empty(),
                "only a category that lies in none and fills no slot is dissolved");
    const std::vector<ConceptId> members = category->members;
    for (const ConceptId member : members) set_category(member, 0);
    categories_.count(-1);
    nodes_.set_active(id, false);
    ++version_;
    return;
  }
  base::check(!stands_on(id), "only a node on which nothing stands is dissolved");
  const std::vector<std::uint32_t> episodes = episodes_of(stream_, mentions_of(ground(), {&id, 1}));
  apply(dividing_anew(episodes, id));
  nodes_.set_active(id, false);
  leave(id);
  nodes_.at(id).positions = {};
  if (Followers* followers = followers_in(nodes_.at(id))) *followers = {};
  touch(id);
}

void Graph::revive(ConceptId id) {
  base::check(!nodes_[id].active, "only a node that was dissolved is revived");
  for (const ConceptId part : named_by(nodes_[id]))
    base::check(nodes_[part].active, "a node is revived only while the nodes that it names are active");
  nodes_.set_active(id, true);
  ++version_;
  if (nodes_[id].is<Category>()) return categories_.count(1);
  if (followers_in(nodes_[id])) place_units(id);
  nodes_.enter(id);
  const Sense* sense = nodes_[id].as<Sense>();
  apply(dividing_anew(episodes_of(stream_, sense ? selected_by(ground(), *sense) : nodes_[id].positions.list())));
}

/// It is no longer found by what it is made of, and the units that it named may fade.
void Graph::leave(ConceptId id) {
  nodes_.leave(id);
  for (const ConceptId named : named_by(nodes_[id])) note_if_idle(named);
}

std::optional<ConceptId> Graph::stands_on(ConceptId id) const {
  const Node& node = nodes_[id];
  if (node.redirect != id) return node.redirect;
  if (!node.forms.empty()) return node.forms.back();
  if (node.category != 0) return node.category;
  const Category* category = node.as<Category>();
  if (category && category->members.size() > 2) return category->members.back();
  if (!node.wholes.empty()) return node.wholes.back();
  return std::nullopt;
}

}  // namespace noema::concepts
