// What thoughts do to the graph: what each would change (propose), the change, and its inverse.

#include <algorithm>

#include "base/error.h"
#include "base/numbers.h"
#include "concepts/graph.h"

namespace noema::concepts {
namespace {

/// True if the units stand at p, all of them in the episode of the unit before p.
bool units_follow_at(const Stream& stream, Position p, std::span<const ConceptId> units) {
  for (const ConceptId unit : units) {
    if (stream.begins_episode(p) || stream.leaf(p) != unit) return false;
    ++p;
  }
  return true;
}

/// True if the units stand just before p, in the episode of the unit at p.
bool units_precede(const Stream& stream, Position p, std::span<const ConceptId> units) {
  for (auto unit = units.rbegin(); unit != units.rend(); ++unit, --p)
    if (stream.begins_episode(p) || stream.leaf(p - 1) != *unit) return false;
  return true;
}

constexpr std::uint32_t kTopHeight = 64;
constexpr std::size_t kFewMembers = 8;  // of a category that can be done without in one thought

bool holds(std::span<const ConceptId> sorted, ConceptId id) {
  return std::binary_search(sorted.begin(), sorted.end(), id);
}

}  // namespace

// --- Compose and relate: nodes of two parts in order ----------------------------------------------------------------

/// Where the units of `first` are followed by those of `second`, in one episode, ascending. O(rarer positions).
std::vector<Position> Graph::occurrences_of_units(ConceptId first, ConceptId second) const {
  const bool by_first = nodes_[first].positions.size() <= nodes_[second].positions.size();
  const std::vector<ConceptId> other = units_of(by_first ? second : first);
  const Position length = nodes_[first].length;
  std::vector<Position> found;
  for (const Position p : nodes_[by_first ? first : second].positions) {
    if (by_first) {
      if (units_follow_at(stream_, p + length, other)) found.push_back(p);
    } else if (units_precede(stream_, p, other)) {
      found.push_back(p - length);
    }
  }
  return found;
}

/// Where the units of a composite or schema stand, ascending.
std::vector<Position> Graph::unit_occurrences(const Node& node) const {
  if (node.kind == Kind::kComposite) return occurrences_of_units(node.first, node.second);
  const bool slot_first = nodes_[node.first].kind == Kind::kCategory;
  std::vector<Position> found;
  for (const ConceptId filler : node.members) {
    const auto own = slot_first ? occurrences_of_units(filler, node.second) : occurrences_of_units(node.first, filler);
    found.insert(found.end(), own.begin(), own.end());
  }
  std::sort(found.begin(), found.end());
  return found;
}

/// Where its two parts stand side by side as mentions, each used at most once, ascending.
std::vector<Position> Graph::joinable(const Node& node) const {
  const auto fits = [&](ConceptId mention, ConceptId part) {
    const ConceptId unit = unit_of(mention);
    return nodes_[part].kind == Kind::kCategory ? holds(node.members, unit) : unit == part;
  };
  std::vector<Position> found;
  for (const Position p : unit_occurrences(node)) {
    if (stream_.owner(p) == kInside || !fits(stream_.owner(p), node.first)) continue;
    const Position q = end_of(p);
    if (stream_.begins_episode(q) || !fits(stream_.owner(q), node.second) || end_of(q) != p + node.length) continue;
    if (!found.empty() && found.back() + node.length > p) continue;
    found.push_back(p);
  }
  return found;
}

ConceptId Graph::before(Position p) const {
  return stream_.begins_episode(p) ? kBoundary : stream_.owner(stream_.previous_mention(p));
}

ConceptId Graph::after(Position p) const { return stream_.begins_episode(p) ? kBoundary : stream_.owner(p); }

Position Graph::end_of(Position p) const { return p + nodes_[stream_.owner(p)].length; }

/// What changes when each occurrence x [first second] y becomes x [made] y.
Graph::Redivision Graph::joining(const Node& node, ConceptId made, std::span<const Position> occurrences) const {
  const bool slot_first = node.kind == Kind::kSchema && nodes_[node.first].kind == Kind::kCategory;
  Redivision redivision;
  Change& change = redivision.change;
  for (std::size_t i = 0; i < occurrences.size(); ++i) {
    const Position p = occurrences[i];
    const Position q = end_of(p);
    const Position end = p + node.length;
    const ConceptId a = concept_of(stream_.owner(p));
    const ConceptId b = concept_of(stream_.owner(q));
    const bool joined_before = i > 0 && occurrences[i - 1] + node.length == p && !stream_.begins_episode(p);
    const bool joined_after = i + 1 < occurrences.size() && occurrences[i + 1] == end && !stream_.begins_episode(end);
    change.push_back({a, b, -1});
    if (joined_before) {  // ... first second][first second ...: the two stand side by side
      change.push_back({concept_of(before(p)), a, -1});
      change.push_back({made, made, 1});
    } else {
      const ConceptId x = concept_of(before(p));
      change.push_back({x, a, -1});
      change.push_back({x, made, 1});
    }
    if (!joined_after) {
      const ConceptId y = concept_of(after(end));
      change.push_back({b, y, -1});
      change.push_back({made, y, 1});
    }
    --redivision.mentions[stream_.owner(p)];
    --redivision.mentions[stream_.owner(q)];
    ++redivision.mentions[made];
    if (node.kind == Kind::kSchema) ++redivision.slots[{made, stream_.leaf(slot_first ? p : q)}];
  }
  normalise(change);
  return redivision;
}

/// The units that may fill the slot of a schema of these two: those for which no composite stands there already.
std::vector<ConceptId> Graph::fillers_for(ConceptId first, ConceptId second) const {
  const bool slot_first = nodes_[first].kind == Kind::kCategory;
  const ConceptId fixed = slot_first ? second : first;
  std::vector<ConceptId> open{slot_first ? first : second};
  std::vector<ConceptId> fillers;
  while (!open.empty()) {
    const ConceptId id = open.back();
    open.pop_back();
    for (const ConceptId member : nodes_[id].members)
      for (const ConceptId form : forms_of(member)) {
        if (nodes_[form].kind == Kind::kCategory) open.push_back(form);
        if (nodes_[form].kind != Kind::kSense || nodes_[form].origin != 0) continue;
        std::vector<ConceptId> units = units_of(fixed);
        units.insert(slot_first ? units.begin() : units.end(), form);
        const bool known = slot_first ? composite(form, fixed).has_value() : composite(fixed, form).has_value();
        if (!known && nodes_[contexts(units).front()].length < units.size()) fillers.push_back(form);
      }
  }
  std::sort(fillers.begin(), fillers.end());
  fillers.erase(std::unique(fillers.begin(), fillers.end()), fillers.end());
  return fillers;
}

std::optional<Graph::Proposal> Graph::propose_joined(Node node) const {
  Proposal proposal;
  proposal.occurrences = joinable(node);
  if (proposal.occurrences.size() < 2) return std::nullopt;
  const auto made = static_cast<ConceptId>(nodes_.size());
  Redivision redivision = joining(node, made, proposal.occurrences);
  double nats = 0;
  if (node.kind == Kind::kSchema) {
    std::vector<std::uint64_t> counts(node.members.size());
    for (const auto& [slot, count] : redivision.slots) {
      const auto place = std::lower_bound(node.members.begin(), node.members.end(), slot.second);
      counts[static_cast<std::size_t>(place - node.members.begin())] = static_cast<std::uint64_t>(count);
    }
    nats += forms_nats(counts);
    redivision.slots.clear();
  }
  nats += nats_of(redivision);
  proposal.gain_bits =
      -base::bits_of(nats) - (node.kind == Kind::kSchema ? schema_bits(nodes_.size()) : composite_bits(nodes_.size()));
  return proposal;
}

std::optional<Graph::Proposal> Graph::propose_composite(ConceptId first, ConceptId second) const {
  for (const ConceptId part : {first, second})
    if (part == kBoundary || !nodes_[part].active || nodes_[part].origin != 0 || nodes_[part].kind == Kind::kSchema ||
        nodes_[part].kind == Kind::kCategory)
      return std::nullopt;
  if (nodes_[first].length + nodes_[second].length > options_.max_length || composite(first, second))
    return std::nullopt;
  if (std::min(nodes_[first].positions.size(), nodes_[second].positions.size()) > options_.max_occurrences)
    return std::nullopt;
  std::vector<ConceptId> units = units_of(first);
  const std::vector<ConceptId> tail = units_of(second);
  units.insert(units.end(), tail.begin(), tail.end());
  if (nodes_[contexts(units).front()].length == units.size()) return std::nullopt;  // known already, divided otherwise
  Node node;
  node.kind = Kind::kComposite;
  node.first = first;
  node.second = second;
  node.length = nodes_[first].length + nodes_[second].length;
  return propose_joined(std::move(node));
}

std::optional<Graph::Proposal> Graph::propose_schema(ConceptId first, ConceptId second) const {
  if (first == kBoundary || second == kBoundary || !nodes_[first].active || !nodes_[second].active) return std::nullopt;
  const bool slot_first = nodes_[first].kind == Kind::kCategory;
  const ConceptId slot = slot_first ? first : second;
  const ConceptId fixed = slot_first ? second : first;
  if (nodes_[slot].kind != Kind::kCategory || nodes_[fixed].origin != 0) return std::nullopt;
  if (nodes_[fixed].kind != Kind::kSense && nodes_[fixed].kind != Kind::kComposite) return std::nullopt;
  if (nodes_[fixed].length + 1 > options_.max_length || by_parts_.contains((std::uint64_t{first} << 32) | second))
    return std::nullopt;
  Node node;
  node.kind = Kind::kSchema;
  node.first = first;
  node.second = second;
  node.length = nodes_[fixed].length + 1;
  node.members = fillers_for(first, second);
  if (node.members.size() < 2 || node.members.size() > options_.max_fillers) return std::nullopt;
  std::size_t most = 0;
  for (const ConceptId filler : node.members)
    most += std::min(nodes_[filler].positions.size(), nodes_[fixed].positions.size());
  if (most > options_.max_occurrences) return std::nullopt;
  return propose_joined(std::move(node));
}

void Graph::place_units(Node& node) const {
  node.positions = unit_occurrences(node);
  node.followers = {};
  node.followed = 0;
  for (const Position p : node.positions) {
    const Position next = p + node.length;
    node.followers.add(stream_.begins_episode(next) ? kBoundary : stream_.leaf(next), 1);
    ++node.followed;
  }
}

ConceptId Graph::make_joined(Node node) {
  const std::vector<Position> occurrences = joinable(node);
  Redivision redivision = joining(node, static_cast<ConceptId>(nodes_.size()), occurrences);
  place_units(node);
  const std::uint32_t length = node.length;
  const ConceptId made = add_node(std::move(node));
  register_node(made);
  apply(redivision);
  for (const Position p : occurrences) stream_.cover(p, length, made);
  return made;
}

ConceptId Graph::compose(ConceptId first, ConceptId second, std::uint64_t thought) {
  Node node;
  node.kind = Kind::kComposite;
  node.first = first;
  node.second = second;
  node.length = nodes_[first].length + nodes_[second].length;
  node.made_by = thought;
  return make_joined(std::move(node));
}

ConceptId Graph::relate(ConceptId first, ConceptId second, std::vector<ConceptId> fillers, std::uint64_t thought) {
  Node node;
  node.kind = Kind::kSchema;
  node.first = first;
  node.second = second;
  node.length = nodes_[nodes_[first].kind == Kind::kCategory ? second : first].length + 1;
  node.members = std::move(fillers);
  node.made_by = thought;
  return make_joined(std::move(node));
}

// --- Dividing episodes anew ----------------------------------------------------------------------------------------

std::vector<std::uint32_t> Graph::episodes_of(std::span<const Position> positions) const {
  std::vector<std::uint32_t> episodes;
  for (const Position p : positions) {
    if (!episodes.empty() && p < stream_.end(episodes.back())) continue;
    episodes.push_back(stream_.episode_of(p));
  }
  return episodes;
}

void Graph::add_episode(Redivision& redivision, std::span<const ConceptId> units, std::span<const Mention> mentions,
                        std::int64_t sign) const {
  ConceptId previous = kBoundary;
  for (const Mention& mention : mentions) {
    const ConceptId current = concept_of(mention.node);
    redivision.change.push_back({previous, current, sign});
    redivision.mentions[mention.node] += sign;
    const Node& node = nodes_[mention.node];
    if (node.kind == Kind::kSchema) {
      const bool slot_first = nodes_[node.first].kind == Kind::kCategory;
      const ConceptId filler = units[slot_first ? mention.offset : mention.offset + mention.length - 1];
      redivision.slots[{mention.node, filler}] += sign;
    }
    previous = current;
  }
  redivision.change.push_back({previous, kBoundary, sign});
}

/// By how much L(mentions | graph) would grow.
double Graph::nats_of(Redivision& redivision) const {
  normalise(redivision.change);
  double nats = statistics_.change_nats(redivision.change, codes_);
  std::map<ConceptId, std::map<ConceptId, std::int64_t>> formed;  // concept -> form -> change of its mentions
  for (const auto& [node, delta] : redivision.mentions)
    if (delta != 0 && node < nodes_.size()) formed[concept_of(node)][node] += delta;
  for (const auto& [concept_id, deltas] : formed) {
    if (nodes_[concept_id].forms.empty()) continue;
    const std::vector<ConceptId> forms = forms_of(concept_id);
    nats += forms_nats_of(forms, deltas) - forms_nats_of(forms);
  }
  for (auto slot = redivision.slots.begin(); slot != redivision.slots.end();) {
    const ConceptId schema = slot->first.first;
    const auto& fillers = nodes_[schema].members;
    const auto known = slots_.find(schema);
    std::vector<std::uint64_t> counts(fillers.size());
    for (std::size_t i = 0; i < fillers.size(); ++i) counts[i] = known == slots_.end() ? 0 : known->second[fillers[i]];
    nats -= forms_nats(counts);
    for (; slot != redivision.slots.end() && slot->first.first == schema; ++slot) {
      const auto place = std::lower_bound(fillers.begin(), fillers.end(), slot->first.second) - fillers.begin();
      counts[static_cast<std::size_t>(place)] += static_cast<std::uint64_t>(slot->second);  // wraps for fewer
    }
    nats += forms_nats(counts);
  }
  return nats;
}

void Graph::apply(Redivision& redivision) {
  normalise(redivision.change);
  apply(redivision.change);
  for (const auto& [node, delta] : redivision.mentions) {
    nodes_[node].mentions = static_cast<std::uint32_t>(nodes_[node].mentions + delta);
    touch(node);
  }
  for (const auto& [slot, delta] : redivision.slots) add_slot(slot.first, slot.second, delta);
}

void Graph::divide_anew(std::span<const std::uint32_t> episodes) {
  Redivision redivision;
  for (const std::uint32_t episode : episodes) {
    const auto units = stream_.leaves(episode);
    const std::vector<Mention> mentions = segment(units);
    add_episode(redivision, units, mentions_of(episode), -1);
    add_episode(redivision, units, mentions, 1);
    for (const Mention& mention : mentions)
      stream_.cover(stream_.begin(episode) + mention.offset, mention.length, mention.node);
  }
  apply(redivision);
}

std::optional<Graph::Proposal> Graph::propose_dissolution(ConceptId id) const {
  const Node& node = nodes_[id];
  if (!node.active || node.made_by == 0) return std::nullopt;
  if (node.kind == Kind::kCategory) {
    if (node.category != 0 || part_of(id) || node.members.size() > kFewMembers) return std::nullopt;
    Draft draft(statistics_);
    for (const ConceptId member : node.members) {
      if (nodes_[member].redirect != member || !can_move(member)) return std::nullopt;
      draft.set_parent(member, 0);
    }
    return Proposal{node_bits(id) - base::bits_of(draft.nats(codes_)) +
                        memberships_gain(-static_cast<std::int64_t>(node.members.size()), -1),
                    {}};
  }
  if (stands_on(id)) return std::nullopt;
  Proposal proposal;
  proposal.occurrences = occurrences_of({&id, 1});
  const std::vector<std::uint32_t> episodes = episodes_of(proposal.occurrences);
  if (episodes.size() > options_.max_divided) return std::nullopt;
  Redivision redivision;
  for (const std::uint32_t episode : episodes) {
    const auto units = stream_.leaves(episode);
    add_episode(redivision, units, mentions_of(episode), -1);
    add_episode(redivision, units, segment(units, id), 1);
  }
  proposal.gain_bits = node_bits(id) - base::bits_of(nats_of(redivision));
  return proposal;
}

void Graph::dissolve(ConceptId made) {
  Node& node = nodes_[made];
  base::check(node.active && node.made_by != 0, "only what was thought dissolves");
  if (node.kind == Kind::kCategory) {
    const std::vector<ConceptId> members = node.members;
    for (const ConceptId member : members) set_category(member, 0);
    base::check(node.category == 0, "a category that lies in another one does not dissolve");
    node.active = false;
    touch(made);
    --category_count_;
    --concepts_;
    return;
  }
  base::check(!stands_on(made), "only a node on which nothing stands dissolves");
  const std::vector<ConceptId> self{made};
  const std::vector<std::uint32_t> episodes = episodes_of(occurrences_of(self));
  node.active = false;
  touch(made);
  unregister(made);
  --concepts_;
  divide_anew(episodes);
  node.positions = {};
  node.followers = {};
  node.followed = 0;
  recharge(node);
}

void Graph::revive(ConceptId id) {
  Node& node = nodes_[id];
  base::check(!node.active, "only a node that was dissolved is revived");
  node.active = true;
  touch(id);
  ++concepts_;
  if (node.kind == Kind::kCategory) {
    ++category_count_;
    return;
  }
  if (node.origin == 0) place_units(node);
  recharge(node);
  register_node(id);
  divide_anew(
      episodes_of(node.origin == 0 ? node.positions.list() : split_occurrences(node.origin, node.side, node.members)));
}

// --- Split ---------------------------------------------------------------------------------------------------------

/// The sense of a unit between two units (or boundaries): the oldest one that a neighbour tells.
ConceptId Graph::sense_of(ConceptId unit, ConceptId before, ConceptId after, ConceptId without) const {
  for (const ConceptId sense : nodes_[unit].members) {
    if (sense == without) continue;
    if (holds(nodes_[sense].members, nodes_[sense].side == Side::kBefore ? before : after)) return sense;
  }
  return unit;
}

/// Mentions of the unit itself that have one of the neighbours on that side.
std::vector<Position> Graph::split_occurrences(ConceptId unit, Side side, std::span<const ConceptId> neighbours) const {
  std::vector<Position> found;
  for (const Position p : nodes_[unit].positions) {
    if (stream_.owner(p) == kInside || unit_of(stream_.owner(p)) != unit) continue;
    const ConceptId beside = side == Side::kBefore ? (stream_.begins_episode(p) ? kBoundary : stream_.leaf(p - 1))
                                                   : (stream_.begins_episode(p + 1) ? kBoundary : stream_.leaf(p + 1));
    if (holds(neighbours, beside)) found.push_back(p);
  }
  return found;
}

std::optional<Graph::Proposal> Graph::propose_split(ConceptId unit, Side side,
                                                    std::span<const ConceptId> neighbours) const {
  const Node& node = nodes_[unit];
  if (unit == kBoundary || !node.active || node.kind != Kind::kSense || node.origin != 0 || node.redirect != unit)
    return std::nullopt;
  if (neighbours.empty() || node.positions.size() > options_.max_occurrences) return std::nullopt;
  for (const ConceptId neighbour : neighbours)
    if (nodes_[neighbour].kind != Kind::kSense || nodes_[neighbour].origin != 0) return std::nullopt;
  Proposal proposal;
  proposal.occurrences = split_occurrences(unit, side, neighbours);
  std::erase_if(proposal.occurrences, [&](Position p) { return stream_.owner(p) != unit; });
  const auto moved = static_cast<std::int64_t>(proposal.occurrences.size());
  if (moved < 2 || moved >= node.mentions) return std::nullopt;
  const auto made = static_cast<ConceptId>(nodes_.size());
  const Change change = reassignment(proposal.occurrences, unit, made);
  double nats = statistics_.change_nats(change, codes_);
  if (!node.forms.empty()) {
    const std::vector<ConceptId> forms = forms_of(unit);
    nats += forms_nats_of(forms, {{unit, -moved}}) - forms_nats_of(forms);
  }
  proposal.gain_bits = -base::bits_of(nats) - split_bits(made, neighbours.size());
  return proposal;
}

ConceptId Graph::split(ConceptId unit, Side side, std::span<const ConceptId> neighbours, std::uint64_t thought) {
  Node node;
  node.origin = unit;
  node.side = side;
  node.members.assign(neighbours.begin(), neighbours.end());
  node.made_by = thought;
  const ConceptId made = add_node(std::move(node));
  register_node(made);
  divide_anew(episodes_of(split_occurrences(unit, side, neighbours)));
  return made;
}

// --- Merge ---------------------------------------------------------------------------------------------------------

std::vector<Position> Graph::occurrences_of(std::span<const ConceptId> nodes) const {
  std::vector<Position> found;
  for (const ConceptId node : nodes)
    for (const Position p : positions_of(node))
      if (stream_.owner(p) == node) found.push_back(p);
  std::sort(found.begin(), found.end());
  return found;
}

/// The change of cells when these mentions count for `new_concept` instead of `old_concept`.
Change Graph::reassignment(std::span<const Position> moved, ConceptId old_concept, ConceptId new_concept) const {
  Change change;
  for (std::size_t i = 0; i < moved.size(); ++i) {
    const Position p = moved[i];
    const Position end = end_of(p);
    const bool before_moves = i > 0 && !stream_.begins_episode(p) && end_of(moved[i - 1]) == p;
    const bool after_moves = i + 1 < moved.size() && !stream_.begins_episode(end) && moved[i + 1] == end;
    const ConceptId y = concept_of(after(end));
    change.push_back({old_concept, y, -1});
    change.push_back({new_concept, after_moves ? new_concept : y, 1});
    if (before_moves) continue;  // counted with the one before
    const ConceptId x = concept_of(before(p));
    change.push_back({x, old_concept, -1});
    change.push_back({x, new_concept, 1});
  }
  normalise(change);
  return change;
}

std::optional<Graph::Proposal> Graph::propose_redirect(ConceptId from, ConceptId into) const {
  if (from <= into || into == kBoundary || !nodes_[from].active || !nodes_[into].active) return std::nullopt;
  if (nodes_[from].redirect != from || nodes_[into].redirect != into) return std::nullopt;
  for (const ConceptId id : {from, into})
    if (nodes_[id].kind == Kind::kCategory || nodes_[id].kind == Kind::kSchema) return std::nullopt;
  const std::vector<ConceptId> moved = forms_of(from);
  std::size_t positions = 0;
  for (const ConceptId node : moved) positions += positions_of(node).size();
  if (positions > options_.max_redirected) return std::nullopt;

  Proposal proposal;
  proposal.occurrences = occurrences_of(moved);
  const std::vector<ConceptId> stay = forms_of(into);
  std::vector<ConceptId> all = stay;
  all.insert(all.end(), moved.begin(), moved.end());
  Draft draft(statistics_);
  double bits = redirect_bits(from);
  if (nodes_[from].category != 0) {  // one that is another lies where that lies
    draft.set_parent(from, 0);
    bits -= memberships_gain(-1, 0);
  }
  draft.apply(reassignment(proposal.occurrences, from, into));
  const double nats = draft.nats(codes_) + forms_nats_of(all) - forms_nats_of(moved) - forms_nats_of(stay);
  proposal.gain_bits = -base::bits_of(nats) - bits;
  return proposal;
}

void Graph::redirect(ConceptId from, ConceptId into) {
  base::check(from > into && into != kBoundary && nodes_[from].redirect == from && nodes_[into].redirect == into,
              "a redirect joins two concepts, the younger into the older");
  const std::vector<ConceptId> moved = forms_of(from);
  const Change change = reassignment(occurrences_of(moved), from, into);
  statistics_.set_parent(from, 0);
  apply(change);
  membership_count_ -= nodes_[from].category != 0;
  nodes_[from].redirect = into;
  nodes_[into].forms.push_back(from);
  for (const ConceptId form : moved)
    if (nodes_[form].kind == Kind::kSense && nodes_[form].origin == 0) units_.set_parent(form, category_of(into));
  touch(from);
  recharge(nodes_[into]);
  --concepts_;
}

void Graph::restore(ConceptId from) {
  const ConceptId into = nodes_[from].redirect;
  base::check(into != from, "only a redirected node can be restored");
  const std::vector<ConceptId> moved = forms_of(from);
  const Change change = reassignment(occurrences_of(moved), concept_of(from), from);
  std::erase(nodes_[into].forms, from);
  nodes_[from].redirect = from;
  apply(change);
  place_in(from, nodes_[from].category);
  membership_count_ += nodes_[from].category != 0;
  touch(from);
  recharge(nodes_[into]);
  look_idle(from);
  look_idle(into);
  ++concepts_;
}

// --- Abstract ------------------------------------------------------------------------------------------------------

/// Whether a concept or category can be moved at a bounded cost.
bool Graph::can_move(ConceptId id) const {
  const Node& node = nodes_[id];
  return id != kBoundary && node.active && node.kind != Kind::kSchema && node.redirect == id &&
         statistics_.next(id).size() + statistics_.previous(id).size() <= options_.max_cells;
}

/// What L(graph) saves when there are so many more memberships and categories.
double Graph::memberships_gain(std::int64_t memberships, std::int64_t categories) const {
  return memberships_bits(membership_count_, category_count_) -
         memberships_bits(static_cast<std::uint64_t>(static_cast<std::int64_t>(membership_count_) + memberships),
                          static_cast<std::uint64_t>(static_cast<std::int64_t>(category_count_) + categories));
}

std::optional<Graph::Proposal> Graph::propose_category(ConceptId a, ConceptId b) const {
  if (a == b) return std::nullopt;
  for (const ConceptId id : {a, b})
    if (!can_move(id) || nodes_[id].category != 0) return std::nullopt;
  const auto made = static_cast<ConceptId>(nodes_.size());
  Draft draft(statistics_);
  draft.set_height(made, height_over(a, b));
  draft.set_parent(a, made);
  draft.set_parent(b, made);
  return Proposal{-base::bits_of(draft.nats(codes_)) - category_bits() + memberships_gain(2, 1), {}};
}

std::optional<Graph::Proposal> Graph::propose_division(ConceptId category,
                                                       std::span<const std::vector<ConceptId>> parts) const {
  if (parts.size() < (category == 0 ? 1 : 2)) return std::nullopt;
  const std::uint32_t height = height_of_parts(category, parts);
  if (height == 0) return std::nullopt;
  if (category != 0 && (nodes_[category].kind != Kind::kCategory || !nodes_[category].active)) return std::nullopt;
  Draft draft(statistics_);
  auto made = static_cast<ConceptId>(nodes_.size());
  std::int64_t memberships = 0;
  for (const std::vector<ConceptId>& part : parts) {
    draft.set_height(made, height);
    if (category != 0) draft.set_parent(made, category);
    for (const ConceptId member : part) {
      if (!can_move(member) || nodes_[member].category != category || statistics_.height(member) >= height)
        return std::nullopt;
      draft.set_parent(member, made);
    }
    memberships += category == 0 ? static_cast<std::int64_t>(part.size()) : 1;
    ++made;
  }
  const auto count = static_cast<std::int64_t>(parts.size());
  return Proposal{-base::bits_of(draft.nats(codes_)) - static_cast<double>(count) * category_bits() +
                      memberships_gain(memberships, count),
                  {}};
}

std::optional<Graph::Proposal> Graph::propose_membership(ConceptId id, ConceptId category) const {
  const Node& node = nodes_[id];
  if (!can_move(id) || node.category == category) return std::nullopt;
  if (category != 0 && (!nodes_[category].active || nodes_[category].kind != Kind::kCategory ||
                        statistics_.height(category) <= statistics_.height(id)))
    return std::nullopt;
  Draft draft(statistics_);
  draft.set_parent(id, category);
  return Proposal{-base::bits_of(draft.nats(codes_)) + memberships_gain((category != 0) - (node.category != 0), 0), {}};
}

/// Tells both statistics where a concept or category lies.
void Graph::place_in(ConceptId id, ConceptId category) {
  statistics_.set_parent(id, category);
  if (nodes_[id].kind == Kind::kCategory) {
    units_.set_parent(id, category);
    return;
  }
  for (const ConceptId form : forms_of(id))
    if (nodes_[form].kind == Kind::kSense && nodes_[form].origin == 0) units_.set_parent(form, category);
}

void Graph::set_category(ConceptId id, ConceptId category) {
  Node& node = nodes_[id];
  if (node.category == category) return;
  if (node.redirect == id) membership_count_ += static_cast<std::size_t>(category != 0) - (node.category != 0);
  if (node.category != 0) {
    std::erase(nodes_[node.category].members, id);
    touch(node.category);
  }
  node.category = category;
  if (category != 0) {
    auto& members = nodes_[category].members;
    members.insert(std::lower_bound(members.begin(), members.end(), id), id);
    touch(category);
  }
  touch(id);
  if (node.redirect == id) place_in(id, category);
}

/// Heights leave room below a category for categories of its members, and above it for categories of categories.
std::uint32_t Graph::height_of_parts(ConceptId category, std::span<const std::vector<ConceptId>> parts) const {
  if (category != 0) return statistics_.height(category) / 2;
  std::uint32_t height = kTopHeight;
  for (const auto& part : parts)
    for (const ConceptId member : part) height = std::max(height, 2 * statistics_.height(member));
  return height;
}

std::uint32_t Graph::height_over(ConceptId a, ConceptId b) const {
  const std::uint32_t height = std::max(statistics_.height(a), statistics_.height(b));
  return height == 0 ? 1 : 2 * height;
}

ConceptId Graph::add_category(std::uint32_t height, std::uint64_t thought) {
  Node node;
  node.kind = Kind::kCategory;
  node.length = height;
  node.made_by = thought;
  return add_node(std::move(node));
}

ConceptId Graph::categorise(ConceptId a, ConceptId b, std::uint64_t thought) {
  const ConceptId made = add_category(height_over(a, b), thought);
  set_category(a, made);
  set_category(b, made);
  return made;
}

ConceptId Graph::divide(ConceptId category, std::span<const std::vector<ConceptId>> parts, std::uint64_t thought) {
  const auto first = static_cast<ConceptId>(nodes_.size());
  const std::uint32_t height = height_of_parts(category, parts);
  for (const std::vector<ConceptId>& part : parts) {
    const ConceptId made = add_category(height, thought);
    set_category(made, category);
    for (const ConceptId member : part) set_category(member, made);
  }
  return first;
}

void Graph::unite(ConceptId first, std::size_t parts) {
  for (ConceptId id = first; id < first + parts; ++id) {
    const std::vector<ConceptId> members = nodes_[id].members;
    for (const ConceptId member : members) set_category(member, nodes_[id].category);
    set_category(id, 0);
    dissolve(id);
  }
}

std::vector<ConceptId> Graph::categories_of(ConceptId node) const {
  std::vector<ConceptId> categories;
  for (ConceptId up = category_of(node); up != 0; up = nodes_[up].category) categories.push_back(up);
  return categories;
}

// --- Associate -----------------------------------------------------------------------------------------------------

void Graph::associate(ConceptId a, ConceptId b, std::int64_t times) {
  if (a == b) return;
  for (const auto& [from, to] : {std::pair{a, b}, std::pair{b, a}}) {
    CountMap& own = associates_[from];
    own.add(to, times);
    if (own.empty()) associates_.erase(from);
    touch(from);
  }
}

const CountMap& Graph::associates(ConceptId id) const {
  static const CountMap kNobody;
  const auto found = associates_.find(id);
  return found == associates_.end() ? kNobody : found->second;
}

// --- Concentrations ------------------------------------------------------------------------------------------------

double Graph::concentrations_gain(const Concentrations& other) const {
  return base::bits_of(statistics_.nats(codes_) - statistics_.nats(Codes(other)));
}

void Graph::set_concentrations(const Concentrations& concentrations) {
  concentrations_ = concentrations;
  codes_ = Codes(concentrations);
  ++version_;
}

std::optional<ConceptId> Graph::stands_on(ConceptId id) const {
  const Node& node = nodes_[id];
  if (node.redirect != id) return node.redirect;
  if (!node.forms.empty()) return node.forms.back();
  if (node.category != 0) return node.category;
  if (node.kind == Kind::kCategory && node.members.size() > 2) return node.members.back();
  return part_of(id);
}

/// The youngest composite or schema of a node, or nothing.
std::optional<ConceptId> Graph::part_of(ConceptId id) const {
  if (nodes_[id].uses == 0) return std::nullopt;
  std::optional<ConceptId> found;
  for (const auto& [parts, made] : by_parts_)
    if ((nodes_[made].first == id || nodes_[made].second == id) && (!found || made > *found)) found = made;
  return found;
}

}  // namespace noema::concepts
