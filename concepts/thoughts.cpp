// What thoughts do to the graph: what each would change (propose), the change (compose, redirect), and its inverse
// (dissolve, restore).

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

}  // namespace

// --- Compose -------------------------------------------------------------------------------------------------------

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

/// Where a mention of `first` is followed by a mention of `second`, each used at most once, ascending.
std::vector<Position> Graph::occurrences_of_mentions(ConceptId first, ConceptId second) const {
  const Position length = nodes_[first].length;
  std::vector<Position> found;
  for (const Position p : occurrences_of_units(first, second)) {
    if (stream_.owner(p) != first || stream_.owner(p + length) != second) continue;
    if (!found.empty() && found.back() + length + nodes_[second].length > p) continue;
    found.push_back(p);
  }
  return found;
}

ConceptId Graph::before(Position p) const {
  return stream_.begins_episode(p) ? kBoundary : stream_.owner(stream_.previous_mention(p));
}

ConceptId Graph::after(Position p) const { return stream_.begins_episode(p) ? kBoundary : stream_.owner(p); }

/// The change of cells when each occurrence x [first second] y becomes x [made] y.
Change Graph::composition(ConceptId first, ConceptId second, ConceptId made,
                          std::span<const Position> occurrences) const {
  const ConceptId a = concept_of(first);
  const ConceptId b = concept_of(second);
  const Position length = nodes_[first].length + nodes_[second].length;
  Change change;
  for (std::size_t i = 0; i < occurrences.size(); ++i) {
    const Position p = occurrences[i];
    const bool joined_before = i > 0 && occurrences[i - 1] + length == p && !stream_.begins_episode(p);
    const bool joined_after =
        i + 1 < occurrences.size() && occurrences[i + 1] == p + length && !stream_.begins_episode(p + length);
    change.push_back({a, b, -1});
    if (joined_before) {  // ... first second][first second ...: the two composites stand side by side
      change.push_back({b, a, -1});
      change.push_back({made, made, 1});
    } else {
      const ConceptId x = concept_of(before(p));
      change.push_back({x, a, -1});
      change.push_back({x, made, 1});
    }
    if (!joined_after) {
      const ConceptId y = concept_of(after(p + length));
      change.push_back({b, y, -1});
      change.push_back({made, y, 1});
    }
  }
  normalise(change);
  return change;
}

std::optional<Graph::Proposal> Graph::propose_composite(ConceptId first, ConceptId second) const {
  if (first == kBoundary || second == kBoundary || !nodes_[first].active || !nodes_[second].active) return std::nullopt;
  if (nodes_[first].length + nodes_[second].length > options_.max_length || composite(first, second))
    return std::nullopt;
  if (std::min(nodes_[first].positions.size(), nodes_[second].positions.size()) > options_.max_occurrences)
    return std::nullopt;
  std::vector<ConceptId> units = units_of(first);
  const std::vector<ConceptId> tail = units_of(second);
  units.insert(units.end(), tail.begin(), tail.end());
  if (nodes_[contexts(units).front()].length == units.size()) return std::nullopt;  // known already, divided otherwise

  Proposal proposal;
  proposal.occurrences = occurrences_of_mentions(first, second);
  if (proposal.occurrences.size() < 2) return std::nullopt;
  proposal.change = composition(first, second, static_cast<ConceptId>(nodes_.size()), proposal.occurrences);

  double nats = statistics_.change_nats(proposal.change, row_code_, root_code_);
  const auto by = static_cast<std::int64_t>(proposal.occurrences.size());
  const ConceptId a = concept_of(first);
  const ConceptId b = concept_of(second);
  for (const ConceptId concept_id : {a, b}) {
    const std::vector<ConceptId> forms = forms_of(concept_id);
    if (forms.size() > 1) nats += forms_nats_of(forms, first, second, by) - forms_nats_of(forms, first, second, 0);
    if (a == b) break;
  }
  proposal.gain_bits = -base::bits_of(nats) - composite_bits(nodes_.size());
  return proposal;
}

ConceptId Graph::compose(ConceptId first, ConceptId second, std::uint64_t thought) {
  const std::vector<Position> occurrences = occurrences_of_mentions(first, second);
  Node node;
  node.kind = Kind::kComposite;
  node.first = first;
  node.second = second;
  node.length = nodes_[first].length + nodes_[second].length;
  node.made_by = thought;
  node.mentions = static_cast<std::uint32_t>(occurrences.size());
  node.positions = occurrences_of_units(first, second);
  for (const Position p : node.positions) {
    const Position next = p + node.length;
    node.followers.add(stream_.begins_episode(next) ? kBoundary : stream_.leaf(next), 1);
    ++node.followed;
  }
  const ConceptId made = add_node(std::move(node));
  register_composite(made);
  apply(composition(first, second, made, occurrences));
  for (const Position p : occurrences) stream_.cover(p, nodes_[made].length, made);
  nodes_[first].mentions -= nodes_[made].mentions;
  nodes_[second].mentions -= nodes_[made].mentions;
  touch(first);
  touch(second);
  return made;
}

void Graph::dissolve(ConceptId made) {
  Node& node = nodes_[made];
  base::check(node.kind == Kind::kComposite && node.active && !stands_on(made),
              "only a composite on which nothing stands dissolves");
  node.active = false;
  touch(made);
  std::erase_if(by_parts_, [&](const auto& entry) { return entry.second == made; });
  std::erase_if(by_units_, [&](const auto& entry) { return entry.second == made; });
  --composite_count_;
  --concepts_;
  std::vector<std::uint32_t> episodes;
  for (const Position p : node.positions) {
    if (stream_.owner(p) != made) continue;
    const std::uint32_t episode = stream_.episode_of(p);
    if (episodes.empty() || episodes.back() != episode) episodes.push_back(episode);
  }
  for (const std::uint32_t episode : episodes) divide_anew(episode);
  node.positions = {};
  node.followers = {};
  node.followed = 0;
}

void Graph::add_mentions(Change& change, std::span<const Mention> mentions, std::int64_t delta) const {
  ConceptId previous = kBoundary;
  for (const Mention& mention : mentions) {
    const ConceptId current = concept_of(mention.node);
    change.push_back({previous, current, delta});
    previous = current;
  }
  change.push_back({previous, kBoundary, delta});
}

void Graph::divide_anew(std::uint32_t episode) {
  const std::vector<Mention> old_mentions = mentions_of(episode);
  const std::vector<Mention> new_mentions = segment(stream_.leaves(episode));
  Change change;
  add_mentions(change, old_mentions, -1);
  add_mentions(change, new_mentions, 1);
  normalise(change);
  apply(change);
  for (const Mention& mention : old_mentions) {
    --nodes_[mention.node].mentions;
    touch(mention.node);
  }
  for (const Mention& mention : new_mentions) {
    ++nodes_[mention.node].mentions;
    touch(mention.node);
    stream_.cover(stream_.begin(episode) + mention.offset, mention.length, mention.node);
  }
}

// --- Merge ---------------------------------------------------------------------------------------------------------

std::vector<Position> Graph::occurrences_of(std::span<const ConceptId> nodes) const {
  std::vector<Position> found;
  for (const ConceptId node : nodes)
    for (const Position p : nodes_[node].positions)
      if (stream_.owner(p) == node) found.push_back(p);
  std::sort(found.begin(), found.end());
  return found;
}

/// The change of cells when the mentions of the nodes `moved` count for `new_concept` instead of `old_concept`.
Change Graph::reassignment(std::span<const ConceptId> moved, ConceptId old_concept, ConceptId new_concept) const {
  std::vector<ConceptId> sorted(moved.begin(), moved.end());
  std::sort(sorted.begin(), sorted.end());
  const auto moves = [&](ConceptId node) { return std::binary_search(sorted.begin(), sorted.end(), node); };
  Change change;
  for (const Position p : occurrences_of(moved)) {
    const ConceptId x = before(p);
    const ConceptId y = after(p + nodes_[stream_.owner(p)].length);
    change.push_back({old_concept, concept_of(y), -1});
    change.push_back({new_concept, moves(y) ? new_concept : concept_of(y), 1});
    if (moves(x)) continue;  // counted with x
    change.push_back({concept_of(x), old_concept, -1});
    change.push_back({concept_of(x), new_concept, 1});
  }
  normalise(change);
  return change;
}

std::optional<Graph::Proposal> Graph::propose_redirect(ConceptId from, ConceptId into) const {
  if (from <= into || into == kBoundary || !nodes_[from].active || !nodes_[into].active) return std::nullopt;
  if (nodes_[from].redirect != from || nodes_[into].redirect != into) return std::nullopt;
  const std::vector<ConceptId> moved = forms_of(from);
  std::size_t positions = 0;
  for (const ConceptId node : moved) positions += nodes_[node].positions.size();
  if (positions > options_.max_redirected) return std::nullopt;

  Proposal proposal;
  proposal.occurrences = occurrences_of(moved);
  proposal.change = reassignment(moved, from, into);
  const std::vector<ConceptId> stay = forms_of(into);
  std::vector<ConceptId> all = stay;
  all.insert(all.end(), moved.begin(), moved.end());
  const double nats = statistics_.change_nats(proposal.change, row_code_, root_code_) + forms_nats_of(all, 0, 0, 0) -
                      forms_nats_of(moved, 0, 0, 0) - forms_nats_of(stay, 0, 0, 0);
  proposal.gain_bits = -base::bits_of(nats) - redirect_bits(from);
  return proposal;
}

void Graph::redirect(ConceptId from, ConceptId into) {
  base::check(from > into && into != kBoundary && nodes_[from].redirect == from && nodes_[into].redirect == into,
              "a redirect joins two concepts, the younger into the older");
  apply(reassignment(forms_of(from), from, into));
  nodes_[from].redirect = into;
  nodes_[into].forms.push_back(from);
  touch(from);
  --concepts_;
}

void Graph::restore(ConceptId from) {
  const ConceptId into = nodes_[from].redirect;
  base::check(into != from, "only a redirected node can be restored");
  apply(reassignment(forms_of(from), concept_of(from), from));
  std::erase(nodes_[into].forms, from);
  nodes_[from].redirect = from;
  touch(from);
  ++concepts_;
}

// --- Concentrations ------------------------------------------------------------------------------------------------

double Graph::concentrations_gain(const Concentrations& other) const {
  const LevelCode row(other.row_discount, other.row_strength);
  const LevelCode root(other.root_discount, other.root_strength);
  return base::bits_of(statistics_.nats(row_code_, root_code_) - statistics_.nats(row, root));
}

void Graph::set_concentrations(const Concentrations& concentrations) {
  concentrations_ = concentrations;
  row_code_ = LevelCode(concentrations.row_discount, concentrations.row_strength);
  root_code_ = LevelCode(concentrations.root_discount, concentrations.root_strength);
}

std::optional<ConceptId> Graph::stands_on(ConceptId id) const {
  if (nodes_[id].redirect != id) return nodes_[id].redirect;
  if (!nodes_[id].forms.empty()) return nodes_[id].forms.back();
  for (const auto& [parts, made] : by_parts_)
    if (nodes_[made].first == id || nodes_[made].second == id) return made;
  return std::nullopt;
}

}  // namespace noema::concepts
