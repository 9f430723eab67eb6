#pragma once
// The concept graph: nodes, what follows what, what is made of what, and what was found to be the same.
//
// A node is a *unit* (a word), a *sense* split off from a unit, a *composite* of two nodes in order, a *schema* (a node
// with a slot beside it that a category's units fill), or a *category* of concepts that occur in like contexts. A
// redirect makes a node a form of another concept: the concept of a node is where its redirects end. Mentions keep
// their node, so that a redirect can be taken back whatever has been perceived since.
//
// Everything counted here is a function of: the stream of units, the active composites, schemas and senses, the
// redirects, and which category each concept lies in. How the stream divides into mentions depends on the units of one
// episode and the active nodes alone (concepts/occurrences.h), never on the order in which things happened.
//
// The graph composes rooms that can be read by themselves: nodes(), categories(), stream(), and the layers of L.

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

#include "concepts/categories.h"
#include "concepts/layer.h"
#include "concepts/nodes.h"
#include "concepts/sequence_layer.h"
#include "concepts/stream.h"

namespace noema::concepts {

/// A unit of an episode as it was perceived: what only the life's text still says.
struct PastUnit {
  std::string identity, surface;
  ConceptId node = 0;  ///< the unit that it was attached to then
};
/// The units of an episode that was perceived before.
using Past = std::function<std::vector<PastUnit>(std::uint32_t episode)>;

/// A unit that goes because nothing mentions it any more, and where it was.
struct Faded {
  ConceptId id = 0;
  std::string label;
  ConceptId redirect = 0;  ///< itself if none
  ConceptId category = 0;  ///< 0 if none
};

/// What letting go of the episodes before `episode` takes away.
struct Forgetting {
  std::uint32_t episode = 0;
  double bits = 0;  ///< by how much L(mentions | graph) gets shorter before anything fades, forms and slots included
  std::vector<Faded> faded;
};

struct GraphOptions {
  std::uint32_t max_length = 8;          ///< units of the longest composite
  std::uint32_t max_occurrences = 4096;  ///< composites whose rarer part occurs more often are skipped
  std::uint32_t max_redirected = 1024;   ///< concepts whose units occur more often are neither merged nor split
  std::uint32_t max_cells = 8192;        ///< concepts with more different neighbours are not moved between categories
  std::uint32_t max_fillers = 256;       ///< schemas with more fillers are skipped
  std::uint32_t max_divided = 512;       ///< nodes that occur in more episodes are not weighed for dissolution
};

class Graph {
 public:
  explicit Graph(const GraphOptions& options = {});

  // Rooms.
  const GraphOptions& options() const { return options_; }
  const Nodes& nodes() const { return nodes_; }
  const Categories& categories() const { return categories_; }
  const Stream& stream() const { return stream_; }
  /// All layers of L; the first is sequence().
  std::span<const std::unique_ptr<Layer>> layers() const { return layers_; }
  const SequenceLayer& sequence() const { return static_cast<const SequenceLayer&>(*layers_.front()); }
  /// Adds a layer to L, which counts everything that is attached.
  void add_layer(std::unique_ptr<Layer> layer);

  // Nodes.
  std::size_t size() const { return nodes_.size(); }
  const Node& node(ConceptId id) const { return nodes_[id]; }
  std::optional<ConceptId> find(std::string_view identity) const { return nodes_.find(identity); }
  ConceptId concept_of(ConceptId node) const { return nodes_.concept_of(node); }
  std::vector<ConceptId> forms_of(ConceptId id) const { return nodes_.forms_of(id); }
  std::optional<ConceptId> composite(ConceptId first, ConceptId second) const { return nodes_.joined(first, second); }
  std::vector<ConceptId> units_of(ConceptId node) const { return nodes_.units_of(node); }
  /// What a person calls it: a unit's most frequent writing, a composite's parts one after another, a category's most
  /// common members in braces.
  std::string label_of(ConceptId node) const;
  std::size_t concepts() const { return nodes_.concepts(); }
  std::size_t composites() const { return nodes_.joined_nodes(); }
  ConceptId unit_of(ConceptId node) const { return nodes_.unit_of(node); }
  const Positions& positions_of(ConceptId node) const { return nodes_.positions_of(node); }
  /// The units that came right after a node's units, and the sum of their counts.
  const CountMap& followers_of(ConceptId node) const;
  std::uint64_t followed(ConceptId node) const;
  ConceptId category_of(ConceptId node) const { return nodes_[concept_of(node)].category; }
  std::vector<ConceptId> categories_of(ConceptId node) const { return concepts::categories_of(nodes_, node); }

  // Perceiving.
  /// The node for a unit, made if it is new; counts its surface.
  ConceptId perceive_unit(std::string_view identity, std::string_view surface);
  /// Appends an episode of units (its line end is implied) and counts it. Returns its index. Cost in the episode's
  /// length only.
  std::uint32_t attach(std::span<const ConceptId> units);
  std::vector<Mention> segment(std::span<const ConceptId> units) const { return concepts::divide(nodes_, units); }
  std::vector<ConceptId> contexts(std::span<const ConceptId> history) const { return nodes_.contexts(history); }

  // Forgetting (concepts/forgetting.cpp): the oldest episodes are let go of, and everything counted is then what it
  // would be had they never been attached. Units that nothing mentions and no thought stands on fade with them.
  /// What would go. Bounded by the episodes' units and the units that lost their last ground since the last time.
  Forgetting forgetting(std::uint32_t episode) const;
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
  std::size_t protected_nodes() const { return nodes_.protected_nodes(); }
  /// True if some unit would fade though no episode goes.
  bool has_idle() const;
  /// Finds those after restoring from a checkpoint. O(nodes).
  void find_idle();
  std::size_t units_known() const { return nodes_.units(); }
  bool still_has(ConceptId id) const { return nodes_.holds(id); }

  // L.
  const Statistics& statistics() const { return sequence().statistics(); }
  const Statistics& units() const { return sequence().units(); }
  const Concentrations& concentrations() const { return sequence().concentrations(); }
  const Codes& codes() const { return sequence().codes(); }
  /// L of the whole life in bits. O(nodes + distinct counts): for reports and tests, never inside a thought.
  double description_bits() const { return graph_bits() + mentions_bits(); }
  double graph_bits() const;
  double mentions_bits() const;

  // Thoughts. `propose_...` says what L would shrink by, in bits, or nothing when the thought makes no sense (parts
  // unknown, there already, too long, too common).
  struct Proposal {
    double gain_bits = 0;
    std::vector<Position> occurrences;  ///< mentions that would change, ascending
  };
  std::optional<Proposal> propose_composite(ConceptId first, ConceptId second) const;
  /// A schema: one of the two is a category, the slot, which its members that are units may fill.
  std::optional<Proposal> propose_schema(ConceptId first, ConceptId second) const;
  std::optional<Proposal> propose_redirect(ConceptId from, ConceptId into) const;
  /// A sense for the unit's mentions that have one of `neighbours` (units, ascending; the boundary counts) on that
  /// side.
  std::optional<Proposal> propose_split(ConceptId unit, Side side, std::span<const ConceptId> neighbours) const;
  /// A new category of two concepts or categories that lie in none.
  std::optional<Proposal> propose_category(ConceptId a, ConceptId b) const;
  /// New categories, one for each part, below the category in which all their members lie, or (0) of concepts that lie
  /// in none.
  std::optional<Proposal> propose_division(ConceptId category, std::span<const std::vector<ConceptId>> parts) const;
  /// Another category, or (0) none, for a concept or category.
  std::optional<Proposal> propose_membership(ConceptId id, ConceptId category) const;
  /// Dissolving a composite, schema or sense on which nothing stands, or a category of few members.
  std::optional<Proposal> propose_dissolution(ConceptId node) const;
  double concentrations_gain(const Concentrations& other) const;

  /// Make a node and return it.
  ConceptId compose(ConceptId first, ConceptId second, std::uint64_t thought);
  /// fillers: units that may fill the slot, ascending.
  ConceptId relate(ConceptId first, ConceptId second, std::vector<ConceptId> fillers, std::uint64_t thought);
  /// The units that may fill the slot of a schema of these two: those for which no composite stands there already.
  std::vector<ConceptId> fillers_for(ConceptId first, ConceptId second) const;
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
  /// Concepts associated with one: count of each.
  const CountMap& associates(ConceptId id) const;
  /// What would lose its ground without this node: a composite or schema of it, a node redirected to it or from it, a
  /// member or category of it, or nothing.
  std::optional<ConceptId> stands_on(ConceptId node) const;

  // Restoring from a checkpoint, and checking.
  /// Adds a node as a checkpoint describes it; counts come with the episodes that are attached afterwards. Nodes come
  /// in the order of their ids, the first one being 1. Throws base::Error if it cannot be.
  ConceptId restore_node(Node node);
  /// Ids below `size` that the checkpoint does not name have faded.
  void pass_over(std::size_t size);
  /// Ends restoring: puts everything into its category. Throws base::Error if that cannot be.
  void finish_restoring();
  /// The stream goes on after episodes that were let go of.
  void start_at(std::uint32_t episode, Position position) { stream_.start_at(episode, position); }
  /// A node as a checkpoint describes it.
  NodeRecord record_of(ConceptId id) const;
  /// SHA-256 over concepts, relations and statistics in canonical order (by names, not by ids).
  std::string hash() const;
  /// Rebuilds every count from the stream; the first difference found, or nothing. O(life).
  std::optional<std::string> first_difference() const;
  /// Memory in bytes that counts, units and nodes need: a function of what is attached and made. O(1).
  std::uint64_t bytes() const;
  /// The same summed up from what is really held. O(nodes).
  std::uint64_t held_bytes() const;
  /// Differs after every change: what was weighed at the same version still holds.
  std::uint64_t version() const { return version_; }
  /// Nodes whose row in a checkpoint (content, mentions, next) changed since the last call, ascending.
  std::vector<ConceptId> take_changed() { return nodes_.take_changed(); }

 private:
  /// Positions that come before all others, by node.
  using EarlierPositions = std::map<ConceptId, std::vector<Position>>;

  Ground ground() const { return {nodes_, stream_}; }
  SequenceLayer& sequence() { return static_cast<SequenceLayer&>(*layers_.front()); }
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
  bool may_fade(ConceptId id) const;
  void note_if_idle(ConceptId id);
  void leave(ConceptId id);
  void fade(const Faded& faded);
  void bring_back(const Faded& faded);
  std::vector<ConceptId> unmentioned(const std::set<ConceptId>& touched) const;
  void add_surface(ConceptId unit, std::string_view surface);
  // Changes of the graph.
  double growth_bits(const GraphChange& change) const;
  void apply(const GraphChange& change);
  GraphChange joining(const Node& node, ConceptId made, std::span<const Position> occurrences) const;
  GraphChange reassigning(std::span<const Position> mentions, ConceptId concept_id) const;
  GraphChange dividing_anew(std::span<const std::uint32_t> episodes, ConceptId without = 0) const;
  void set_redirect(GraphChange change, ConceptId from, ConceptId into);
  Schema schema_of(ConceptId first, ConceptId second, std::vector<ConceptId> fillers) const;
  std::optional<Proposal> propose_joined(NodeKind kind) const;
  ConceptId make_joined(NodeKind kind, std::uint64_t thought);
  void place_units(ConceptId id);
  bool can_move(ConceptId id) const;
  ConceptId add_category(std::uint32_t height, std::uint64_t thought);

  GraphOptions options_;
  Nodes nodes_;
  Categories categories_;
  Stream stream_;
  std::vector<std::unique_ptr<Layer>> layers_;
  std::map<ConceptId, CountMap> associates_;  // both ways
  std::set<ConceptId> idle_;                  // units to fade, and some that something stands on again
  std::uint64_t version_ = 0;
};

}  // namespace noema::concepts
