#pragma once
// A sense split off from a unit: the unit's mentions that have one of some neighbours on one side.

#include "concepts/nodes/unit.h"

namespace noema::concepts {

enum class Side : std::uint8_t { kBefore, kAfter };

struct Sense {
  ConceptId unit = 0;                 ///< that it is a sense of
  Side side = Side::kBefore;          ///< which side's neighbours select this sense
  std::vector<ConceptId> neighbours;  ///< units that select it, ascending; the boundary counts

  static constexpr std::string_view kName = Unit::kName;
  static constexpr int kHashCode = Unit::kHashCode;
  static constexpr bool kMayMerge = true, kMayBePart = false, kMayBeFixed = false, kMayMove = true;

  std::uint32_t length(const NodesView&) const { return 1; }
  void add_units(const NodesView&, ConceptId, std::vector<ConceptId>& units) const { units.push_back(unit); }
  std::string written(const NodesView& nodes, const Commonness& commonness) const;
  double bits(ConceptId id) const;
  std::string canonical_name(const CanonicalName& name_of) const;
  bool fits(const NodesView& nodes, ConceptId id) const;
  bool may_fade() const { return false; }
  std::vector<ConceptId> parts() const { return {}; }
  std::vector<ConceptId> companions() const { return neighbours; }
  std::vector<ConceptId> named() const;
  void enter(Nodes& nodes, ConceptId id) const;
  void leave(Nodes& nodes, ConceptId id) const;
  /// Keeps only what a checkpoint holds beside its counts.
  void clear_counts() {}
  std::uint64_t content_bytes() const { return neighbours.size() * sizeof(ConceptId); }
  void save(NodeRecord& record, bool active) const;
  static bool describes(const NodeRecord& record);
  static Sense load(const NodeRecord& record);
};

}  // namespace noema::concepts
