// Nodes of two parts in order, composites and schemas: making, dissolving and reviving one.

#include <algorithm>

#include "base/error.h"
#include "concepts/graph.h"

namespace noema::concepts {

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
  return make_joined(schema_of(nodes_, first, second, std::move(fillers)), thought);
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
  base::check(!stands_on(nodes_, id), "only a node on which nothing stands is dissolved");
  const std::vector<std::uint32_t> episodes = episodes_of(stream_, mentions_of(ground(), {&id, 1}));
  apply(dividing_anew(ground(), episodes, id));
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
  apply(dividing_anew(ground(),
                      episodes_of(stream_, sense ? selected_by(ground(), *sense) : nodes_[id].positions.list())));
}

/// It is no longer found by what it is made of, and the units that it named may fade.
void Graph::leave(ConceptId id) {
  nodes_.leave(id);
  for (const ConceptId named : named_by(nodes_[id])) note_if_idle(named);
}

}  // namespace noema::concepts
