#pragma once
// The concept graph as it changes: it perceives, forgets, and does what thoughts say and takes it back.
// concepts/graph_view.h says what a graph is and reads it; concepts/weighing.h says what a thought would gain.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "concepts/graph_view.h"
#include "concepts/weighing.h"

namespace noema::concepts {

/// A unit of an episode as it was perceived: what only the life's text still says.
struct PastUnit {
  std::string identity, surface;
  ConceptId node = 0;  ///< the unit that it was attached to then
};
/// The units of an episode that was perceived before.
using Past = std::function<std::vector<PastUnit>(std::uint32_t episode)>;

class Graph : public GraphView {
 public:
  explicit Graph(const GraphOptions& options = {});
  /// Episodes that wait to be counted know where nodes and stream are, so they are counted before these move.
  Graph(Graph&& other) noexcept : GraphView(std::move(other.counted())) {}
  Graph& operator=(Graph&& other) noexcept {
    counted();
    GraphView::operator=(std::move(other.counted()));
    return *this;
  }

  /// Adds a layer to L, which counts everything that is attached.
  void add_layer(std::unique_ptr<Layer> layer);

  // Perceiving.
  /// The node for a unit, made if it is new; counts its surface.
  ConceptId perceive_unit(std::string_view identity, std::string_view surface);
  /// Appends an episode of units (its line end is implied) and counts it. Returns its index. Cost in the episode's
  /// length only.
  std::uint32_t attach(std::span<const ConceptId> units);

  // Forgetting (concepts/forgetting.cpp): the oldest episodes are let go of, and everything counted is then what it
  // would be had they never been attached. Units that nothing mentions and no thought stands on fade with them.
  /// Lets go of the episodes before `episode`, the exact inverse of attaching them, and of what fades. `past` says how
  /// their units were written. Returns the nodes made by thoughts that no mention is left of, ascending. Throws
  /// base::Error, with nothing changed, if `past` does not fit.
  std::vector<ConceptId> forget(const Forgetting& forgetting, const Past& past);
  /// The inverse of the latest forgetting, which began at `episode`: attaches what it let go of before all others. A
  /// word that came again meanwhile keeps its new node. Throws base::Error, with nothing changed, if `past` does not
  /// fit.
  void readmit(std::uint32_t episode, std::span<const Faded> faded, const Past& past);
  /// It stays from now on, though nothing may mention it. No thought: it changes neither hash nor L.
  void protect(ConceptId id);
  /// The inverse, for a node that a thought made: a unit stays protected.
  void unprotect(ConceptId id);

  // What thoughts do. The first ones make a node and return it.
  ConceptId compose(ConceptId first, ConceptId second, std::uint64_t thought);
  /// fillers: units that may fill the slot, ascending.
  ConceptId relate(ConceptId first, ConceptId second, std::vector<ConceptId> fillers, std::uint64_t thought);
  ConceptId split(ConceptId unit, Side side, std::span<const ConceptId> neighbours, std::uint64_t thought);
  ConceptId categorise(ConceptId a, ConceptId b, std::uint64_t thought);
  /// Makes the parts' categories, one after another; returns the first.
  ConceptId divide(ConceptId category, std::span<const std::vector<ConceptId>> parts, std::uint64_t thought);
  /// Puts the members of `parts` categories, `first` and those after it, back where their categories lie, and does
  /// without these.
  void unite(ConceptId first, std::size_t parts);
  /// Takes a node that a thought made back; nothing may stand on it. Episodes are divided anew. A category's members
  /// lie in none afterwards.
  void dissolve(ConceptId node);
  /// The inverse of dissolving a composite, schema or split-off sense.
  void revive(ConceptId node);
  void redirect(ConceptId from, ConceptId into);
  void restore(ConceptId from);
  /// Moves into a category, or (0) out of any.
  void set_category(ConceptId id, ConceptId category);
  void set_concentrations(const Concentrations& concentrations);
  /// Two concepts that were asked and recalled together: `times` more (or fewer). It is no part of L; it proposes.
  void associate(ConceptId a, ConceptId b, std::int64_t times);

  // Saving in a checkpoint, and restoring from one.
  /// Nodes whose row in a checkpoint (content, mentions, next) changed since the last call, ascending.
  std::vector<ConceptId> take_changed() { return nodes_.take_changed(); }
  /// Adds a node as a checkpoint describes it; counts come with the episodes that are attached afterwards. Nodes come
  /// in the order of their ids, the first one being 1. Throws base::Error if it cannot be.
  ConceptId restore_node(Node node);
  /// Ids below `size` that the checkpoint does not name have faded.
  void pass_over(std::size_t size);
  /// Ends restoring nodes: puts everything into its category. Throws base::Error if that cannot be.
  void finish_restoring();
  /// The stream goes on after episodes that were let go of.
  void start_at(std::uint32_t episode, Position position) { stream_.start_at(episode, position); }
  /// So many units will be attached.
  void expect(std::size_t units) { stream_.reserve(units); }
  /// Finds the units that may fade, once the checkpoint's episodes are attached. O(nodes).
  void find_idle();

 private:
  friend std::optional<std::string> first_difference(const GraphView& graph);
  /// Positions that come before all others, by node.
  using EarlierPositions = std::map<ConceptId, std::vector<Position>>;

  Graph& counted() {
    statistics();
    return *this;
  }
  SequenceLayer& own_sequence() { return static_cast<SequenceLayer&>(*layers_.front()); }
  ConceptId add_node(Node node);
  void touch(ConceptId id) {
    nodes_.touch(id);
    ++version_;
  }
  void touch_all(std::span<const ConceptId> ids) {
    for (const ConceptId id : ids) touch(id);
  }
  // Perceiving and forgetting.
  void count_episode(std::uint32_t episode, EarlierPositions* earlier = nullptr);
  void count_followers(std::span<const ConceptId> units, Position begin, EarlierPositions* earlier);
  void uncount_episode(std::uint32_t episode, std::set<ConceptId>& touched);
  void note_if_idle(ConceptId id);
  void leave(ConceptId id);
  void fade(const Faded& faded);
  void bring_back(const Faded& faded);
  std::vector<ConceptId> unmentioned(const std::set<ConceptId>& touched) const;
  void add_surface(ConceptId unit, std::string_view surface);
  // Changes of the graph.
  void apply(const GraphChange& change);
  void set_redirect(GraphChange change, ConceptId from, ConceptId into);
  ConceptId make_joined(NodeKind kind, std::uint64_t thought);
  void place_units(ConceptId id);
  ConceptId add_category(std::uint32_t height, std::uint64_t thought);
};

}  // namespace noema::concepts
