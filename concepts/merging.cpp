// Two concepts made one, one unit given several senses, concepts associated, and the concentrations of L.

#include <algorithm>

#include "base/error.h"
#include "base/numbers.h"
#include "concepts/description.h"
#include "concepts/graph.h"

namespace noema::concepts {

/// These mentions count for a concept.
GraphChange Graph::reassigning(std::span<const Position> mentions, ConceptId concept_id) const {
  GraphChange change;
  change.rewrites.reserve(mentions.size());
  for (const Position p : mentions) {
    const ConceptId node = stream_.owner(p);
    const NewMention mention{node, concept_id, nodes_[node].length};
    change.rewrite(p, p + mention.length, {&mention, 1});
  }
  return change;
}

// --- Split ---------------------------------------------------------------------------------------------------------

std::optional<Graph::Proposal> Graph::propose_split(ConceptId unit, Side side,
                                                    std::span<const ConceptId> neighbours) const {
  const Node& node = nodes_[unit];
  if (unit == kBoundary || !node.active || !node.is<Unit>() || node.redirect != unit) return std::nullopt;
  if (neighbours.empty() || node.positions.size() > options_.max_occurrences) return std::nullopt;
  for (const ConceptId neighbour : neighbours)
    if (!nodes_[neighbour].is<Unit>()) return std::nullopt;
  const Sense sense{unit, side, {neighbours.begin(), neighbours.end()}};
  Proposal proposal;
  proposal.occurrences = selected_by(ground(), sense);
  std::erase_if(proposal.occurrences, [&](Position p) { return stream_.owner(p) != unit; });
  const auto moved = static_cast<std::int64_t>(proposal.occurrences.size());
  if (moved < 2 || moved >= node.mentions) return std::nullopt;
  const auto made = static_cast<ConceptId>(nodes_.size());
  GraphChange change = reassigning(proposal.occurrences, made);
  for (NewMention& mention : change.mentions) mention.node = made;
  proposal.gain_bits = -growth_bits(change) - sense.bits(made);
  return proposal;
}

ConceptId Graph::split(ConceptId unit, Side side, std::span<const ConceptId> neighbours, std::uint64_t thought) {
  Node node;
  node.kind = Sense{unit, side, {neighbours.begin(), neighbours.end()}};
  node.made_by = thought;
  const ConceptId made = add_node(std::move(node));
  nodes_.enter(made);
  apply(dividing_anew(episodes_of(stream_, selected_by(ground(), *nodes_[made].as<Sense>()))));
  return made;
}

// --- Merge ---------------------------------------------------------------------------------------------------------

std::optional<Graph::Proposal> Graph::propose_redirect(ConceptId from, ConceptId into) const {
  if (from <= into || into == kBoundary || !nodes_[from].active || !nodes_[into].active) return std::nullopt;
  if (nodes_[from].redirect != from || nodes_[into].redirect != into) return std::nullopt;
  for (const ConceptId id : {from, into})
    if (!nodes_.traits(id).may_merge) return std::nullopt;
  const std::vector<ConceptId> moved = forms_of(from);
  std::size_t positions = 0;
  for (const ConceptId node : moved) positions += positions_of(node).size();
  if (positions > options_.max_redirected) return std::nullopt;
  Proposal proposal;
  proposal.occurrences = mentions_of(ground(), moved);
  GraphChange change = reassigning(proposal.occurrences, into);
  change.redirects.emplace_back(from, into);
  double bits = redirect_bits(from);
  if (nodes_[from].category != 0) bits -= categories_.gain(-1, 0);  // a form lies where its concept lies
  proposal.gain_bits = -growth_bits(change) - bits;
  return proposal;
}

void Graph::redirect(ConceptId from, ConceptId into) {
  base::check(from > into && into != kBoundary && nodes_[from].redirect == from && nodes_[into].redirect == into,
              "a redirect joins two concepts, the younger into the older");
  set_redirect(reassigning(mentions_of(ground(), forms_of(from)), into), from, into);
}

/// `change` says what becomes of the mentions.
void Graph::set_redirect(GraphChange change, ConceptId from, ConceptId into) {
  change.redirects.emplace_back(from, into);
  apply(change);
  if (into != from) categories_.count_membership(nodes_[from], -1);
  nodes_.set_redirect(from, into);
  if (into == from) categories_.count_membership(nodes_[from], 1);
}

void Graph::restore(ConceptId from) {
  const ConceptId into = nodes_[from].redirect;
  base::check(into != from, "only a redirected node can be restored");
  set_redirect(reassigning(mentions_of(ground(), forms_of(from)), from), from, from);
  note_if_idle(from);
  note_if_idle(into);
}

// --- Associate and estimate ----------------------------------------------------------------------------------------

void Graph::associate(ConceptId a, ConceptId b, std::int64_t times) {
  if (a == b) return;
  for (const auto& [from, to] : {std::pair{a, b}, std::pair{b, a}}) {
    CountMap& own = associates_[from];
    own.add(to, times);
    if (own.empty()) {
      associates_.erase(from);
      note_if_idle(from);
    }
    touch(from);
  }
}

const CountMap& Graph::associates(ConceptId id) const {
  static const CountMap kNone;
  const auto found = associates_.find(id);
  return found == associates_.end() ? kNone : found->second;
}

double Graph::concentrations_gain(const Concentrations& other) const {
  return base::bits_of(sequence().concentrations_gain(other));
}

void Graph::set_concentrations(const Concentrations& concentrations) {
  sequence().set_concentrations(concentrations);
  ++version_;
}

}  // namespace noema::concepts
