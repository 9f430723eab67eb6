#pragma once
// The concept graph: nodes, what follows what, what is made of what, and what was found to be the same.
//
// A node is a *sense* (a unit such as a word) or a *composite* of two nodes in order. A redirect makes a node one with
// another: the concept of a node is where its redirects end, and the node goes on as one of the concept's forms.
// Mentions keep their node, so that a redirect can be taken back whatever has been perceived since.
//
// Everything counted here is a function of three things: the stream of units, the active composites, and the redirects.
// How the stream divides into mentions depends on the units of one episode and the composites alone (older composites
// first, from left to right), never on the order in which things happened.

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "concepts/counts.h"
#include "concepts/description.h"
#include "concepts/statistics.h"
#include "concepts/stream.h"

namespace noema::concepts {

/// The boundary of episodes, which is also the line end: it precedes the first mention and follows the last.
inline constexpr ConceptId kBoundary = 0;

enum class Kind : std::uint8_t { kSense, kComposite };
std::string_view name_of(Kind kind);

struct Node {
  Kind kind = Kind::kSense;
  bool active = true;               ///< false once its making was undone
  std::uint32_t length = 1;         ///< units
  ConceptId first = 0, second = 0;  ///< parts of a composite
  ConceptId redirect = 0;           ///< the node it is one with; itself if none
  std::uint64_t made_by = 0;        ///< thought; 0 for what was perceived
  std::uint32_t mentions = 0;       ///< mentions of this node, redirected or not
  std::string label;                ///< a sense's identity; empty for a composite
  std::vector<ConceptId> forms;     ///< nodes redirected straight to this one, in the order of their thoughts
  std::vector<Position> positions;  ///< where its units stand in the stream, ascending, whether a mention of it or not
  CountMap followers;               ///< unit -> how often it came right after these units
  std::uint32_t followed = 0;       ///< sum of followers
  std::vector<std::pair<std::string, std::uint32_t>>
      surfaces;  ///< how a sense was written, with counts, in order of appearance
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
  std::uint32_t max_redirected = 1024;   ///< and what is redirected in so many
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
  /// What a person calls it: a sense's most frequent writing, a composite's units as first written one after another.
  std::string label_of(ConceptId node) const;
  /// Active concepts (redirect ends) other than the boundary, and composites among them.
  std::size_t concepts() const { return concepts_; }
  std::size_t composites() const { return composite_count_; }

  // Perceiving.
  /// The node for a unit, made if it is new; counts its surface.
  ConceptId perceive_unit(std::string_view identity, std::string_view surface);
  /// Appends an episode of units (its line end is implied) and counts it. Returns its index. Cost in the episode's
  /// length only.
  std::uint32_t attach(std::span<const ConceptId> units);
  /// How `units` divide into mentions. O(n log n) in their number.
  std::vector<Mention> segment(std::span<const ConceptId> units) const;
  /// Nodes whose units end `history`, longest first, the last unit itself included; at most `max_length`.
  std::vector<ConceptId> contexts(std::span<const ConceptId> history) const;

  // Statistics and L.
  const Stream& stream() const { return stream_; }
  const Statistics& statistics() const { return statistics_; }
  const Concentrations& concentrations() const { return concentrations_; }
  const LevelCode& row_code() const { return row_code_; }
  const LevelCode& root_code() const { return root_code_; }
  /// In how many different units' followers a unit stands, and the sum of that over all units.
  std::uint32_t continuations(ConceptId unit) const { return continuations_[unit]; }
  std::uint64_t all_continuations() const { return all_continuations_; }
  /// Number of units that stand in somebody's followers.
  std::uint64_t continued_units() const { return continued_units_; }
  /// L of the whole life in bits. O(nodes + distinct counts): for reports and tests, never inside a thought.
  double description_bits() const;
  double graph_bits() const;
  double mentions_bits() const;

  // Thoughts. Each `..._change` says what a thought would do to the cells (normalised); `..._gain` what L would shrink
  // by, in bits. Nothing is returned when the thought makes no sense (parts unknown, composite known already, too long,
  // too common).
  struct Proposal {
    Change change;
    double gain_bits = 0;
    std::vector<Position> occurrences;  ///< mentions it would re-read, ascending
  };
  std::optional<Proposal> propose_composite(ConceptId first, ConceptId second) const;
  std::optional<Proposal> propose_redirect(ConceptId from, ConceptId into) const;
  double concentrations_gain(const Concentrations& other) const;

  /// Makes the composite; returns its node.
  ConceptId compose(ConceptId first, ConceptId second, std::uint64_t thought);
  /// Takes a composite back; nothing may stand on it. Its episodes are divided anew.
  void dissolve(ConceptId composite);
  void redirect(ConceptId from, ConceptId into);
  void restore(ConceptId from);
  void set_concentrations(const Concentrations& concentrations);
  /// A composite of which this node is a part, or a node redirected to it or from it, or nothing.
  std::optional<ConceptId> stands_on(ConceptId node) const;

  // Restoring from a checkpoint, and checking.
  /// Adds a node as a checkpoint describes it (kind, parts, label, surfaces, redirect, made_by; counts come with the
  /// episodes that are attached afterwards). Nodes come in the order of their ids, the first one being 1. Throws
  /// base::Error if it cannot be.
  ConceptId restore_node(Node node);
  /// SHA-256 over concepts, relations and statistics in canonical order (by names, not by ids).
  std::string hash() const;
  /// Rebuilds every count from the stream; the first difference found, or nothing. O(life).
  std::optional<std::string> first_difference() const;
  std::uint64_t bytes() const;
  /// Nodes whose row in a checkpoint (content, mentions, next) changed since the last call, ascending.
  std::vector<ConceptId> take_changed();

 private:
  ConceptId add_node(Node node);
  void apply(std::span<const CellChange> change);
  void touch(ConceptId id) { changed_[id] = true; }
  void register_composite(ConceptId id);
  void count_followers(std::span<const ConceptId> units, Position begin);
  std::vector<Position> occurrences_of_units(ConceptId first, ConceptId second) const;
  std::vector<Position> occurrences_of_mentions(ConceptId first, ConceptId second) const;
  /// The node of the mention before / after position p in its episode, or the boundary.
  ConceptId before(Position p) const;
  ConceptId after(Position p) const;
  void divide_anew(std::uint32_t episode);
  void add_mentions(Change& change, std::span<const Mention> mentions, std::int64_t delta) const;
  std::vector<Mention> mentions_of(std::uint32_t episode) const;
  Change composition(ConceptId first, ConceptId second, ConceptId made, std::span<const Position> occurrences) const;
  Change reassignment(std::span<const ConceptId> moved, ConceptId old_concept, ConceptId new_concept) const;
  std::vector<Position> occurrences_of(std::span<const ConceptId> nodes) const;
  double forms_nats_of(std::span<const ConceptId> forms, ConceptId less, ConceptId less_too, std::int64_t by) const;

  GraphOptions options_;
  std::deque<Node> nodes_;
  std::unordered_map<std::string, ConceptId> by_identity_;
  std::unordered_map<std::uint64_t, ConceptId> by_parts_;
  std::unordered_map<std::uint64_t, ConceptId> by_units_;  // hash of the units -> active composite
  std::vector<std::uint8_t> longest_ending_;               // by unit: length of the longest composite that ends with it
  std::vector<std::uint32_t> continuations_;
  std::vector<bool> changed_;
  std::uint64_t all_continuations_ = 0;
  std::uint64_t continued_units_ = 0;
  std::size_t concepts_ = 0;
  std::size_t composite_count_ = 0;
  Stream stream_;
  Statistics statistics_;
  Concentrations concentrations_;
  LevelCode row_code_;
  LevelCode root_code_;
};

}  // namespace noema::concepts
