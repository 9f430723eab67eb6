#pragma once
// L is a sum of layers. A layer codes one aspect of what the mentions are; the graph holds several and treats all
// alike.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "concepts/change.h"

namespace noema::concepts {

/// An episode as it stands in the stream, divided into mentions.
struct Episode {
  std::uint32_t number = 0;
  std::span<const ConceptId> units;
  std::span<const Mention> mentions;
};

/// To add a layer: a file pair with a class derived from Layer, one line in concepts/layers.cpp, a test. Graph,
/// thoughts, replay, checkpoint, undo, check and hash then follow. tests/concepts/unigram_layer.h is the smallest
/// example.
///
/// What a layer must keep to:
///   1. Everything that it counts is a function of the stream, the nodes, their redirects and categories, and its own
///      parameters. Attaching an episode and detaching it again leaves a layer as it was, whatever happened between.
///   2. growth() says what nats() would grow by once apply() is called with the same effect, to rounding. It changes
///      nothing. For an effect that detaches episodes, detach() is called instead of apply(), once for each.
///   3. It is told of a change before the graph changes: the nodes, their mentions and the stream in `ground` are those
///      of before. Only nodes that the change makes are there already (but growth() knows them as GraphChange says).
///      attach() sees its episode in the stream and its mentions counted.
///   4. Ids in hashes go through `rank`: two graphs that differ by ids alone have one hash.
///   5. What it sums is summed in a fixed order, so that the same graph gives the same bits every time.
///   6. Counts are never saved: a layer that a checkpoint does not know starts with its default parameters, and all its
///      counts come from the episodes that are attached again. Parameters are saved. They change by thoughts only,
///      which are in the log (as `estimate` changes the concentrations), so that a replay gives them too.
class Layer {
 public:
  virtual ~Layer() = default;
  /// Names its state in a checkpoint; it never changes.
  virtual std::string_view name() const = 0;
  /// A layer of the same parameters that has counted nothing.
  virtual std::unique_ptr<Layer> empty() const = 0;

  /// A node was added, or came back under its id. Ids below `size` that were not added are passed over.
  virtual void add_node(ConceptId id, const Node& node) = 0;
  virtual void pass_over(std::size_t size) = 0;
  /// A node that nothing mentions goes.
  virtual void remove_node(ConceptId id) = 0;

  /// Counts an episode, or takes that back. `touched`: nodes whose row in a checkpoint changed are added.
  virtual void attach(const Ground& ground, const Episode& episode, std::vector<ConceptId>& touched) = 0;
  virtual void detach(const Ground& ground, const Episode& episode, std::vector<ConceptId>& touched) = 0;
  /// What L would grow by, exactly, in nats. Thread-safe beside other readers.
  virtual double growth(const Ground& ground, const Effect& effect) const = 0;
  /// Counts a change. Heights and a made schema are those of nodes that were added already; no episode is detached.
  virtual void apply(const Ground& ground, const Effect& effect, std::vector<ConceptId>& touched) = 0;

  /// Its part of L, in nats. O(nodes + distinct counts).
  virtual double nats(const Ground& ground) const = 0;
  /// Adds its parameters, and what it counted of one node, to the hash; `rank` orders nodes by name.
  virtual void hash_parameters(base::Sha256& sha) const = 0;
  virtual void hash_node(base::Sha256& sha, ConceptId id, std::span<const ConceptId> rank) const = 0;
  /// The first count of a node that is another one in a layer of the same kind, or nothing.
  virtual std::optional<std::string> difference(ConceptId id, const Layer& other) const = 0;

  /// Its parameters for a checkpoint, as JSON.
  virtual std::string save() const = 0;
  /// Takes such parameters; called before anything is counted. Throws base::Error, which names the layer, for a state
  /// that it did not save.
  virtual void load(const std::string& state) = 0;
  /// Memory that its counts need: a function of the counts alone. O(1).
  virtual std::uint64_t bytes() const = 0;
  /// The same summed up from what is really held. O(nodes).
  virtual std::uint64_t held_bytes() const = 0;
};

}  // namespace noema::concepts
