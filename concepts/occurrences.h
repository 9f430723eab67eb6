#pragma once
// Where nodes and pairs of nodes occur in the stream, and how an episode divides into mentions.

#include <cstdint>
#include <span>
#include <vector>

#include "concepts/nodes.h"
#include "concepts/stream.h"

namespace noema::concepts {

/// What every room of the graph may read: the nodes, and the stream that they occur in.
struct Ground {
  const Nodes& nodes;
  const Stream& stream;
};

/// A mention: the units [offset, offset + length) of an episode.
struct Mention {
  std::uint32_t offset = 0;
  std::uint32_t length = 1;
  ConceptId node = 0;
};

/// How `units` divide into mentions, as if the node `without` were not there: older composites first, from left to
/// right. A function of the units and the active nodes alone. O(n log n) in the number of units.
std::vector<Mention> divide(const Nodes& nodes, std::span<const ConceptId> units, ConceptId without = 0);

/// The mentions of an attached episode.
std::vector<Mention> mentions_of(const Stream& stream, std::uint32_t episode);

/// The unit that fills the slot of a schema in one of its mentions.
ConceptId filler_in(const Schema& schema, std::span<const ConceptId> units, const Mention& mention);

/// The nodes of the mentions beside position p in its episode, or the boundary; p begins a mention or ends an episode.
ConceptId node_before(const Stream& stream, Position p);
ConceptId node_after(const Stream& stream, Position p);

/// Where the units of `first` are followed by those of `second` in one episode, ascending. O(rarer positions).
std::vector<Position> unit_occurrences(const Ground& ground, ConceptId first, ConceptId second);
/// Where the units of a composite or schema occur, ascending.
std::vector<Position> unit_occurrences(const Ground& ground, const Node& node);
/// Where the two parts of a composite or schema are neighbouring mentions, each used at most once, ascending.
std::vector<Position> joinable(const Ground& ground, const Node& node);
/// Mentions of the unit, or of its senses, that have one of the sense's neighbours on the sense's side.
std::vector<Position> selected_by(const Ground& ground, const Sense& sense);
/// Mentions of these nodes, ascending.
std::vector<Position> mentions_of(const Ground& ground, std::span<const ConceptId> nodes);
/// The episodes that hold these ascending positions.
std::vector<std::uint32_t> episodes_of(const Stream& stream, std::span<const Position> positions);

}  // namespace noema::concepts
