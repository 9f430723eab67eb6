#pragma once
// The concept graph: nodes, what follows what, what is made of what, and what was found to be the same.
//
// A node is a *sense* (one meaning of a unit such as a word), a *composite* of two nodes in order, a *schema* (a
// composite with a slot that a category's members fill), or a *category* of nodes that keep like company. A redirect
// makes a node one with another: the concept of a node is where its redirects end, and the node goes on as one of the
// concept's forms. Mentions keep their node, so that a redirect can be taken back whatever has been perceived since.
//
// Everything counted here is a function of: the stream of units, the active composites, schemas and senses, the
// redirects, and who lies in which category. How the stream divides into mentions depends on the units of one episode
// and the active nodes alone (older composites first, from left to right), never on the order in which things happened.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "concepts/counts.h"
#include "concepts/description.h"
#include "concepts/positions.h"
#include "concepts/statistics.h"
#include "concepts/stream.h"
#include "concepts/table.h"

namespace noema::concepts {

/// The boundary of episodes, which is also the line end: it precedes the first mention and follows the last.
inline constexpr ConceptId kBoundary = 0;

enum class Kind : std::uint8_t { kSense, kComposite, kSchema, kCategory };
std::string_view name_of(Kind kind);
/// The kind of a name; nothing for another name.
std::optional<Kind> kind_named(std::string_view name);

enum class Side : std::uint8_t { kBefore, kAfter };

struct Node {
  Kind kind = Kind::kSense;
  Side side = Side::kBefore;        ///< of a split-off sense: where the neighbours stand that tell it
  bool active = true;               ///< false once its making was undone or it was forgotten
  bool kept = false;                ///< protected: it stays though nothing mentions it
  std::uint8_t longest_ending = 1;  ///< of a unit: length of the longest composite that ends with it
  std::uint32_t length = 1;  ///< units; of a category: its height, 1 for one of nodes, more for one of categories
  ConceptId first = 0, second = 0;  ///< parts of a composite; a schema has a category for one of them: its slot
  ConceptId origin = 0;             ///< of a split-off sense: the unit it is a sense of; otherwise 0
  ConceptId redirect = 0;           ///< the node it is one with; itself if none
  ConceptId category = 0;           ///< the category it lies in; 0 if none
  std::uint64_t made_by = 0;        ///< thought; 0 for what was perceived
  std::uint32_t mentions = 0;       ///< mentions of this node, redirected or not
  std::uint32_t uses = 0;           ///< active composites and schemas that have it as a part
  std::uint32_t named = 0;          ///< active schemas whose slot it may fill and split-off senses that it tells
  std::uint32_t followed = 0;       ///< of a composite or schema: sum of its followers
  std::string label;                ///< a sense's identity; empty for others
  std::vector<ConceptId> forms;     ///< nodes redirected straight to this one, in the order of their thoughts
  std::vector<ConceptId> members;   ///< of a category: who lies in it; of a schema: who may fill its slot; of a
                                    ///< split-off sense: the neighbours that tell it; of a unit: its split-off senses
  Positions positions;              ///< where its units stand in the stream, ascending, whether a mention of it or not
  CountMap followers;               ///< of a composite or schema: unit -> how often it came right after these units
  std::vector<std::pair<std::string, std::uint32_t>>
      surfaces;               ///< how a sense was written, with counts, in order of appearance
  std::uint64_t charged = 0;  ///< bytes() counts it with so many

  /// What a faded node reads as.
  static Node gone() {
    Node node;
    node.active = false;
    return node;
  }
};

/// A unit of an episode as it was perceived: what only the life's text still says.
struct PastUnit {
  std::string identity, surface;
  ConceptId node = 0;  ///< that it was attached to then
};
/// The units of an episode that was perceived before.
using Past = std::function<std::vector<PastUnit>(std::uint32_t episode)>;

/// A sense that goes because nothing mentions it any more, with what it lay in.
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

/// A mention: the units [offset, offset + length) of an episode.
struct Mention {
  std::uint32_t offset = 0;
  std::uint32_t length = 1;
  ConceptId node = 0;
};

struct GraphOptions {
  std::uint32_t max_length = 8;          ///< units of the longest composite
  std::uint32_t max_occurrences = 4096;  ///< a composite's rarer part may stand in so many places
  std::uint32_t max_redirected = 1024;   ///< and what is redirected or split in so many
  std::uint32_t max_cells = 8192;        ///< who joins a category has at most so many different neighbours
  std::uint32_t max_fillers = 256;       ///< a schema's slot has at most so many
  std::uint32_t max_divided = 512;       ///< episodes divided anew to weigh what forgetting a node gains
};

class Graph {
 public:
  explicit Graph(const GraphOptions& options = {});

  // Nodes.
  std::size_t size() const { return nodes_.size(); }
  const Node& node(ConceptId id) const { return nodes_[id]; }
  const GraphOptions& options() const { return options_; }
  /// The node of a unit's identity, or nothing.
  std::optional<ConceptId> find(std::string_view identity) const;
  /// The concept that a node is a form of. O(redirects).
  ConceptId concept_of(ConceptId node) const {
    while (nodes_[node].redirect != node) node = nodes_[node].redirect;
    return node;
  }
  /// All nodes that are forms of the concept `id` belongs to, itself first.
  std::vector<ConceptId> forms_of(ConceptId id) const;
  /// The active composite of two nodes, or nothing.
  std::optional<ConceptId> composite(ConceptId first, ConceptId second) const;
  /// The units of a node, in order.
  std::vector<ConceptId> units_of(ConceptId node) const;
  /// What a person calls it: a sense's most frequent writing, a composite's parts one after another, a category's
  /// commonest members in braces.
  std::string label_of(ConceptId node) const;
  /// Active concepts (redirect ends) other than the boundary, and composites among them.
  std::size_t concepts() const { return concepts_; }
  std::size_t composites() const { return composite_count_; }

  /// The unit that this is a sense of, itself for any other node.
  ConceptId unit_of(ConceptId node) const { return nodes_[node].origin == 0 ? node : nodes_[node].origin; }
  /// Where the units of a node stand, ascending.
  const Positions& positions_of(ConceptId node) const { return nodes_[unit_of(node)].positions; }
  /// What came right after a node's units: unit -> count, and their sum.
  const CountMap& followers_of(ConceptId node) const {
    return nodes_[node].kind == Kind::kSense ? units_.next(unit_of(node)) : nodes_[node].followers;
  }
  std::uint64_t followed(ConceptId node) const {
    return nodes_[node].kind == Kind::kSense ? units_.total(unit_of(node)) : nodes_[node].followed;
  }
  /// The category of a node's concept, 0 if none.
  ConceptId category_of(ConceptId node) const { return nodes_[concept_of(node)].category; }
  /// A concept's categories from the lowest up.
  std::vector<ConceptId> categories_of(ConceptId node) const;
  std::size_t categories() const { return category_count_; }

  // Perceiving.
  /// The node for a unit, made if it is new; counts its surface.
  ConceptId perceive_unit(std::string_view identity, std::string_view surface);
  /// Appends an episode of units (its line end is implied) and counts it. Returns its index. Cost in the episode's
  /// length only.
  std::uint32_t attach(std::span<const ConceptId> units);
  /// How `units` divide into mentions, as if the node `without` were not there. O(n log n) in their number.
  std::vector<Mention> segment(std::span<const ConceptId> units, ConceptId without = 0) const;
  /// Nodes whose units end `history`, longest first, the last unit itself included; at most `max_length`.
  std::vector<ConceptId> contexts(std::span<const ConceptId> history) const;

  // Forgetting (concepts/forgetting.cpp): the oldest episodes are let go of, and everything counted is then what it
  // would be had they never been attached. Senses that nothing mentions and nothing thought stands on fade with them.
  /// What would go. Bounded by the episodes' units and what lost its last ground since the last time.
  Forgetting forgetting(std::uint32_t episode) const;
  /// Lets go of the episodes before `episode`, the exact inverse of attaching them, and of what fades. `past` says how
  /// their units were written. Returns what thinking made and no mention is left of, ascending.
  std::vector<ConceptId> forget(const Forgetting& forgetting, const Past& past);
  /// The inverse of the latest forgetting, which began at `episode`: attaches what it let go of before all others. A
  /// word that came again meanwhile keeps its new node.
  void readmit(std::uint32_t episode, std::span<const Faded> faded, const Past& past);
  /// It stays from now on, though nothing may mention it. No thought: it changes neither hash nor L.
  void protect(ConceptId id);
  std::size_t protected_nodes() const { return kept_; }
  /// True if some sense would fade though no episode goes.
  bool has_idle() const;
  /// Finds those after restoring from a checkpoint. O(nodes).
  void find_idle();
  /// Nodes of units, the boundary included.
  std::size_t units_known() const { return by_identity_.size(); }
  /// False for what faded.
  bool still_has(ConceptId id) const { return id < nodes_.size() && nodes_.holds(id); }

  // Statistics and L.
  const Stream& stream() const { return stream_; }
  const Statistics& statistics() const { return statistics_; }
  /// The same over units instead of mentions, with the categories of the units' concepts: what prediction backs off by.
  const Statistics& units() const { return units_; }
  const Concentrations& concentrations() const { return concentrations_; }
  const Codes& codes() const { return codes_; }
  /// L of the whole life in bits. O(nodes + distinct counts): for reports and tests, never inside a thought.
  double description_bits() const;
  double graph_bits() const;
  double mentions_bits() const;

  // Thoughts. `propose_...` says what L would shrink by, in bits, or nothing when the thought makes no sense (parts
  // unknown, there already, too long, too common).
  struct Proposal {
    double gain_bits = 0;
    std::vector<Position> occurrences;  ///< mentions it would re-read, ascending
  };
  std::optional<Proposal> propose_composite(ConceptId first, ConceptId second) const;
  /// A schema: one of the two is a category, the slot, which its members that are units may fill.
  std::optional<Proposal> propose_schema(ConceptId first, ConceptId second) const;
  std::optional<Proposal> propose_redirect(ConceptId from, ConceptId into) const;
  /// A sense of its own for the unit's mentions that have one of `neighbours` (units, ascending; the boundary counts)
  /// on that side.
  std::optional<Proposal> propose_split(ConceptId unit, Side side, std::span<const ConceptId> neighbours) const;
  /// A new category of two concepts or categories that lie in none.
  std::optional<Proposal> propose_category(ConceptId a, ConceptId b) const;
  /// New categories, one for each part, below the category in which all their members lie, or (0) of concepts that lie
  /// in none.
  std::optional<Proposal> propose_division(ConceptId category, std::span<const std::vector<ConceptId>> parts) const;
  /// Another category, or (0) none, for a concept or category.
  std::optional<Proposal> propose_membership(ConceptId id, ConceptId category) const;
  /// Doing without a composite, schema or split-off sense on which nothing stands, or without a category of few.
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
  /// Adds a node as a checkpoint describes it (kind, parts, members, label, surfaces, redirect, made_by; counts come
  /// with the episodes that are attached afterwards). Nodes come in the order of their ids, the first one being 1.
  /// Throws base::Error if it cannot be.
  ConceptId restore_node(Node node);
  /// Ids below `size` that the checkpoint does not name have faded.
  void pass_over(std::size_t size);
  /// Ends restoring: puts everything into its category. Throws base::Error if that cannot be.
  void finish_restoring();
  /// The stream goes on after episodes that were let go of.
  void start_at(std::uint32_t episode, Position position) { stream_.start_at(episode, position); }
  /// SHA-256 over concepts, relations and statistics in canonical order (by names, not by ids).
  std::string hash() const;
  /// Rebuilds every count from the stream; the first difference found, or nothing. O(life).
  std::optional<std::string> first_difference() const;
  /// Memory in bytes: what so many counts, units and nodes need. A function of what is attached and made and of the
  /// number of ids given, so that a life that was opened again counts the same. O(1).
  std::uint64_t bytes() const;
  /// Differs after every change: what was weighed at the same version still holds.
  std::uint64_t version() const { return version_; }
  /// The same summed up from what is really held. O(nodes).
  std::uint64_t held_bytes() const;
  /// Nodes whose row in a checkpoint (content, mentions, next) changed since the last call, ascending.
  std::vector<ConceptId> take_changed();

 private:
  /// How the mentions of some episodes would change.
  struct Redivision {
    Change change;
    std::map<ConceptId, std::int64_t> mentions;                     ///< of a node
    std::map<std::pair<ConceptId, ConceptId>, std::int64_t> slots;  ///< of a schema and a filler
  };
  ConceptId add_node(Node node);
  void apply(std::span<const CellChange> change);
  void touch(ConceptId id) {
    changed_[id] = true;
    ++version_;
    recharge(nodes_[id]);
  }
  void recharge(Node& node);
  void add_slot(ConceptId schema, ConceptId filler, std::int64_t delta);
  bool may_fade(ConceptId id) const;
  void look_idle(ConceptId id);
  void fade(const Faded& faded);
  void bring_back(const Faded& faded);
  void uncount(std::uint32_t episode, Redivision& redivision, std::set<ConceptId>& touched);
  void unwrite(ConceptId unit, const std::string& surface);
  void register_node(ConceptId id);
  void unregister(ConceptId id);
  /// Positions that come before all others, by node.
  using Front = std::map<ConceptId, std::vector<Position>>;
  void count_episode(std::span<const ConceptId> units, Position begin, Front* front = nullptr);
  void count_followers(std::span<const ConceptId> units, Position begin, Front* front);
  std::string written(ConceptId id) const;
  bool has_units(ConceptId node, std::span<const ConceptId> units) const;
  ConceptId sense_of(ConceptId unit, ConceptId before, ConceptId after, ConceptId without) const;
  std::vector<Position> occurrences_of_units(ConceptId first, ConceptId second) const;
  std::vector<Position> unit_occurrences(const Node& node) const;
  std::vector<Position> joinable(const Node& node) const;
  std::optional<Proposal> propose_joined(Node node) const;
  ConceptId make_joined(Node node);
  void place_units(Node& node) const;
  /// The node of the mention before / after position p in its episode, or the boundary.
  ConceptId before(Position p) const;
  ConceptId after(Position p) const;
  Position end_of(Position p) const;
  std::vector<Position> split_occurrences(ConceptId unit, Side side, std::span<const ConceptId> neighbours) const;
  std::vector<std::uint32_t> episodes_of(std::span<const Position> positions) const;
  void add_episode(Redivision& redivision, std::span<const ConceptId> units, std::span<const Mention> mentions,
                   std::int64_t sign) const;
  void divide_anew(std::span<const std::uint32_t> episodes);
  double nats_of(Redivision& redivision) const;
  void apply(Redivision& redivision);
  std::vector<Mention> mentions_of(std::uint32_t episode) const;
  Redivision joining(const Node& node, ConceptId made, std::span<const Position> occurrences) const;
  Change reassignment(std::span<const Position> moved, ConceptId old_concept, ConceptId new_concept) const;
  std::vector<Position> occurrences_of(std::span<const ConceptId> nodes) const;
  double forms_nats_of(std::span<const ConceptId> forms, const std::map<ConceptId, std::int64_t>& more = {}) const;
  std::optional<ConceptId> part_of(ConceptId id) const;
  bool can_move(ConceptId id) const;
  std::uint32_t height_of_parts(ConceptId category, std::span<const std::vector<ConceptId>> parts) const;
  std::uint32_t height_over(ConceptId a, ConceptId b) const;
  ConceptId add_category(std::uint32_t height, std::uint64_t thought);
  double memberships_gain(std::int64_t memberships, std::int64_t categories) const;
  double slots_nats_of(ConceptId schema) const;
  double node_bits(ConceptId id) const;
  void place_in(ConceptId id, ConceptId category);

  GraphOptions options_;
  Table<Node> nodes_;
  std::unordered_map<std::string, ConceptId> by_identity_;
  std::unordered_map<std::uint64_t, ConceptId> by_parts_;  // a composite's parts; a schema's, once for each filler
  std::unordered_map<std::uint64_t, ConceptId> by_units_;  // hash of the units -> active composite or schema
  std::map<ConceptId, CountMap> associates_;               // both ways
  std::unordered_map<ConceptId, CountMap> slots_;          // schema -> filler -> how often it filled the slot
  std::vector<bool> changed_;
  std::uint64_t version_ = 0;
  std::set<ConceptId> idle_;   // senses to fade, and some that something stands on again
  std::uint64_t charged_ = 0;  // bytes of what the nodes hold
  std::uint64_t slot_bytes_ = 0;
  std::size_t kept_ = 0;
  std::size_t concepts_ = 0;
  std::size_t composite_count_ = 0;
  std::size_t category_count_ = 0;
  std::size_t membership_count_ = 0;  // concepts and categories that lie in a category
  Stream stream_;
  Statistics statistics_;
  Statistics units_;
  Concentrations concentrations_;
  Codes codes_;
};

}  // namespace noema::concepts
