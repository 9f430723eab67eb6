#pragma once
// What a thought does to the graph, as every layer of L is asked about it and told of it.

#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "concepts/occurrences.h"
#include "concepts/statistics.h"

namespace noema::concepts {

/// A mention that comes to be, of a node that may be new.
struct NewMention {
  ConceptId node = 0;
  ConceptId concept_id = 0;
  std::uint32_t length = 1;
};

/// The units [begin, end) of one episode, whose mentions become `count` others, from `first` on in the change's list.
struct Rewrite {
  Position begin = 0, end = 0;
  std::uint32_t first = 0, count = 0;
};

/// A change of the graph. A node that does not exist yet has the id that it will get.
struct GraphChange {
  std::vector<Rewrite> rewrites;  ///< ascending; they do not overlap
  std::vector<NewMention> mentions;
  std::vector<std::pair<ConceptId, std::uint32_t>> heights;  ///< of categories that do not exist yet
  std::vector<std::pair<ConceptId, ConceptId>> categories;   ///< nodes, each with the category it moves into, in order
  std::vector<std::pair<ConceptId, ConceptId>> redirects;    ///< from, into; into itself: its redirect is taken back
  std::pair<ConceptId, const Schema*> made_schema;           ///< a schema that does not exist yet
  std::uint32_t first_detached = 0, end_detached = 0;        ///< episodes that go

  void rewrite(Position begin, Position end, std::span<const NewMention> into);
};

/// The two mentions at each of these places become one mention of `made`, a composite or schema.
GraphChange joining(const Node& node, ConceptId made, std::span<const Position> occurrences);
/// These mentions count for a concept.
GraphChange reassigning(const Ground& ground, std::span<const Position> mentions, ConceptId concept_id);
/// These episodes divide into mentions as the active nodes say now, as if `without` were not there.
GraphChange dividing_anew(const Ground& ground, std::span<const std::uint32_t> episodes, ConceptId without = 0);

/// `sign` more mentions of a schema with this unit in its slot.
using SlotChange = std::map<std::pair<ConceptId, ConceptId>, std::int64_t>;

/// What a change does to the counts over the stream: worked out once for all layers. Only valid for the graph as it was
/// before the change.
struct Effect {
  const GraphChange& change;
  Change pairs;                                              ///< of concepts that follow each other, normalised
  std::vector<std::pair<ConceptId, std::int64_t>> mentions;  ///< of nodes, ascending
  SlotChange slots;                                          ///< of a schema and the unit in its slot

  Effect(const Ground& ground, const GraphChange& change);
};

}  // namespace noema::concepts
