#pragma once
// The nodes of the graph as they change; concepts/nodes_view.h reads them.

#include <string>
#include <vector>

#include "concepts/nodes_view.h"

namespace noema::concepts {

class Nodes : public NodesView {
 public:
  // Changing. Every change ends with touch() of the nodes it changed.
  Node& at(ConceptId id) { return table_[id]; }
  /// Adds a concept of its own, which is not found by its parts before enter().
  ConceptId add(Node node);
  /// Ids below `size` that were not added have faded.
  void pass_over(std::size_t size);
  /// Brings a node back under the id that it had.
  void put(ConceptId id, Node node);
  /// A node that nothing names goes; its id is not used again.
  void release(ConceptId id);
  /// Lets an active node be found by what it is made of, and the inverse.
  void enter(ConceptId id);
  void leave(ConceptId id);
  void set_active(ConceptId id, bool active);
  void set_redirect(ConceptId from, ConceptId into);
  void protect(ConceptId id);
  void unprotect(ConceptId id);
  /// Notes that its row in a checkpoint changed.
  void mark(ConceptId id) { table_[id].is_changed = true; }
  /// The same, and what it holds.
  void touch(ConceptId id);
  void recharge(ConceptId id);
  /// One more place where its units stand, after all others. O(1), unlike recharge().
  void add_position(ConceptId id, Position p);
  /// For a checkpoint: ids that were added or touched since the last call, or released though the checkpoint before has
  /// a row of them, ascending. O(nodes).
  std::vector<ConceptId> take_changed();

  // For the kinds: the indexes by which nodes are found.
  void add_identity(const std::string& label, ConceptId id) { by_identity_.emplace(label, id); }
  void remove_identity(const std::string& label) { by_identity_.erase(label); }
  void add_pair(ConceptId first, ConceptId second, ConceptId id);
  void remove_pair(ConceptId first, ConceptId second, ConceptId id);
  void add_spelling(ConceptId first, ConceptId second, ConceptId id);
  void remove_spelling(ConceptId first, ConceptId second, ConceptId id);
  void add_whole(ConceptId part, ConceptId whole);
  void remove_whole(ConceptId part, ConceptId whole);
  void add_sense(ConceptId unit, ConceptId sense);
  void remove_sense(ConceptId unit, ConceptId sense);
  void add_slot_or_sense_use(ConceptId id, std::int64_t delta);
};

}  // namespace noema::concepts
