#pragma once
// The concept graph as it can be read: its rooms, and what readers ask most. concepts/graph.h changes it,
// concepts/weighing.h says what a change would gain.
//
// A node is a *unit* (a word), a *sense* split off from a unit, a *composite* of two nodes in order, a *schema* (a node
// with a slot beside it that a category's units fill), or a *category* of concepts that occur in like contexts. A
// redirect makes a node a form of another concept: the concept of a node is where its redirects end. Mentions keep
// their node, so that a redirect can be taken back whatever has been perceived since.
//
// Everything counted here is a function of: the stream of units, the active composites, schemas and senses, the
// redirects, and which category each concept lies in. How the stream divides into mentions depends on the units of one
// episode and the active nodes alone (concepts/occurrences.h), never on the order in which things happened.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "concepts/categories.h"
#include "concepts/layers.h"
#include "concepts/nodes.h"
#include "concepts/sequence_layer.h"
#include "concepts/stream.h"

namespace noema::concepts {

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
  /// The layers of L beside the sequence layer, which comes first.
  std::vector<LayerMaker> further_layers = concepts::further_layers();
};

class GraphView {
 public:
  // Rooms.
  const GraphOptions& options() const { return options_; }
  const Nodes& nodes() const { return nodes_; }
  const Categories& categories() const { return categories_; }
  const Stream& stream() const { return stream_; }
  /// Nodes and stream, as layers are shown them.
  Ground ground() const { return {nodes_, stream_}; }
  /// All layers of L; the first is sequence().
  std::span<const std::unique_ptr<Layer>> layers() const { return layers_; }
  const SequenceLayer& sequence() const { return static_cast<const SequenceLayer&>(*layers_.front()); }
  /// The sequence layer's counts over concepts.
  const Statistics& statistics() const { return sequence().statistics(); }

  // What readers ask most of the nodes.
  std::size_t size() const { return nodes_.size(); }
  const Node& node(ConceptId id) const { return nodes_[id]; }
  std::optional<ConceptId> find(std::string_view identity) const { return nodes_.find(identity); }
  bool still_has(ConceptId id) const { return nodes_.holds(id); }
  ConceptId concept_of(ConceptId node) const { return nodes_.concept_of(node); }
  std::vector<ConceptId> forms_of(ConceptId id) const { return nodes_.forms_of(id); }
  std::size_t concepts() const { return nodes_.concepts(); }

  /// The concepts that were asked and recalled together with this one, each with how often.
  const CountMap& associates(ConceptId id) const;
  /// What would go if the episodes before `episode` were let go of. Bounded by the episodes' units and the units that
  /// lost their last ground since the last time.
  Forgetting forgetting(std::uint32_t episode) const;
  /// True if some unit would fade though no episode goes.
  bool has_idle() const;
  /// SHA-256 over concepts, relations and statistics in canonical order (by names, not by ids).
  std::string hash() const;
  /// Memory in bytes that counts, units and nodes need: a function of what is attached and made. O(1).
  std::uint64_t bytes() const;
  /// Differs after every change: what was weighed at the same version still holds.
  std::uint64_t version() const { return version_; }

 protected:
  explicit GraphView(const GraphOptions& options) : options_(options) {}
  GraphView(GraphView&&) = default;
  GraphView& operator=(GraphView&&) = default;
  ~GraphView() = default;

  /// True for a unit that no episode mentions and on which nothing stands.
  bool may_fade(ConceptId id) const;

  GraphOptions options_;
  Nodes nodes_;
  Categories categories_;
  Stream stream_;
  std::vector<std::unique_ptr<Layer>> layers_;
  std::map<ConceptId, CountMap> associates_;  // both ways
  std::set<ConceptId> idle_;                  // units to fade, and some that something stands on again
  std::uint64_t version_ = 0;
};

/// What a person calls a node: a unit's most frequent writing, a composite's parts one after another, a category's most
/// common members in braces.
std::string label_of(const GraphView& graph, ConceptId node);
/// How it is written behind another node, with the white space that parts them.
std::string label_inside(const GraphView& graph, ConceptId node);
/// The units that came right after a node's units, and the sum of their counts.
const CountMap& followers_of(const GraphView& graph, ConceptId node);
std::uint64_t followed(const GraphView& graph, ConceptId node);
/// What would lose its ground without this node: a composite or schema of it, a node redirected to it or from it, a
/// member or category of it, or nothing.
std::optional<ConceptId> stands_on(const Nodes& nodes, ConceptId node);

/// A node as a checkpoint describes it.
NodeRecord record_of(const GraphView& graph, ConceptId id);
/// Rebuilds every count from the stream; the first difference found, or nothing. O(life).
std::optional<std::string> first_difference(const GraphView& graph);
/// What bytes() says, summed up from what is really held. O(nodes).
std::uint64_t held_bytes(const GraphView& graph);

}  // namespace noema::concepts
