#pragma once
// A schema: a node and a slot beside it, which the units of a category fill.

#include "concepts/nodes/followers.h"
#include "concepts/nodes/unit.h"

namespace noema::concepts {

struct Schema {
  ConceptId fixed = 0;             ///< the part that stays
  ConceptId slot = 0;              ///< the category whose units fill the slot
  bool slot_first = false;         ///< the slot stands before the fixed part
  std::vector<ConceptId> fillers;  ///< units that may fill the slot, ascending
  Followers followers;             ///< units that came right after its units, whether a mention of it or not

  static constexpr std::string_view kName = "schema";
  static constexpr int kHashCode = 2;
  static constexpr bool kMayMerge = false, kMayBePart = false, kMayBeFixed = false, kMayMove = false;

  ConceptId first() const { return slot_first ? slot : fixed; }
  ConceptId second() const { return slot_first ? fixed : slot; }
  bool may_fill(ConceptId unit) const;
  /// The parts of the composite that the schema is when this unit fills its slot.
  std::pair<ConceptId, ConceptId> filled_with(ConceptId filler) const {
    return slot_first ? std::pair(filler, fixed) : std::pair(fixed, filler);
  }

  std::uint32_t length(const NodesView& nodes) const;
  void add_units(const NodesView& nodes, ConceptId id, std::vector<ConceptId>& units) const;
  std::string written(const NodesView& nodes, const Commonness& commonness) const;
  double bits(ConceptId id) const;
  std::string canonical_name(const CanonicalName& name_of) const;
  bool fits(const NodesView& nodes, ConceptId id) const;
  bool may_fade() const { return false; }
  std::vector<ConceptId> parts() const { return {first(), second()}; }
  std::vector<ConceptId> companions() const { return fillers; }
  std::vector<ConceptId> named() const;
  void enter(Nodes& nodes, ConceptId id) const;
  void leave(Nodes& nodes, ConceptId id) const;
  /// Keeps only what a checkpoint holds beside its counts.
  void clear_counts() { followers = {}; }
  std::uint64_t content_bytes() const { return fillers.size() * sizeof(ConceptId) + followers.counts.bytes(); }
  void save(NodeRecord& record, bool active) const;
  static bool describes(const NodeRecord& record);
  /// slot_first is set by resolve(), once the parts are known.
  static Schema load(const NodeRecord& record);
  /// Says which of the two parts of a record is the slot.
  void resolve(const NodesView& nodes);
};

}  // namespace noema::concepts
