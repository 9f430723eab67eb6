// Two concepts made one, one unit given several senses, concepts associated, and the concentrations of L.

#include <algorithm>

#include "base/error.h"
#include "concepts/graph.h"

namespace noema::concepts {

// --- Split ---------------------------------------------------------------------------------------------------------

ConceptId Graph::split(ConceptId unit, Side side, std::span<const ConceptId> neighbours, std::uint64_t thought) {
  Node node;
  node.kind = Sense{unit, side, {neighbours.begin(), neighbours.end()}};
  node.made_by = thought;
  const ConceptId made = add_node(std::move(node));
  nodes_.enter(made);
  apply(dividing_anew(ground(), episodes_of(stream_, selected_by(ground(), *nodes_[made].as<Sense>()))));
  return made;
}

// --- Merge ---------------------------------------------------------------------------------------------------------

void Graph::redirect(ConceptId from, ConceptId into) {
  base::check(from > into && into != kBoundary && nodes_[from].redirect == from && nodes_[into].redirect == into,
              "a redirect joins two concepts, the younger into the older");
  set_redirect(reassigning(ground(), mentions_of(ground(), forms_of(from)), into), from, into);
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
  set_redirect(reassigning(ground(), mentions_of(ground(), forms_of(from)), from), from, from);
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

void Graph::set_concentrations(const Concentrations& concentrations) {
  own_sequence().set_concentrations(concentrations);
  ++version_;
}

}  // namespace noema::concepts
