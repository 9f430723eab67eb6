#pragma once
// A composite: two nodes in order that a thought made one.

#include "concepts/nodes/followers.h"
#include "concepts/nodes/unit.h"

namespace noema::concepts {

struct Composite {
  ConceptId first = 0, second = 0;
  Followers followers;  ///< units that came right after its units, whether a mention of it or not

  static constexpr std::string_view kName = "composite";
  static constexpr int kHashCode = 1;
  static constexpr bool kMayMerge = true, kMayBePart = true, kMayBeFixed = true, kMayMove = true;

  std::uint32_t length(const NodesView& nodes) const;
  void add_units(const NodesView& nodes, ConceptId id, std::vector<ConceptId>& units) const;
  std::string written(const NodesView& nodes, const Commonness& commonness) const;
  double bits(ConceptId id) const;
  std::string canonical_name(const CanonicalName& name_of) const;
  bool fits(const NodesView& nodes, ConceptId id) const;
  bool may_fade() const { return false; }
  std::vector<ConceptId> parts() const { return {first, second}; }
  std::vector<ConceptId> companions() const { return {}; }
  std::vector<ConceptId> named() const { return parts(); }
  void enter(Nodes& nodes, ConceptId id) const;
  void leave(Nodes& nodes, ConceptId id) const;
  /// Keeps only what a checkpoint holds beside its counts.
  void clear_counts() { followers = {}; }
  std::uint64_t content_bytes() const { return followers.counts.bytes(); }
  void save(NodeRecord& record, bool active) const;
  static bool describes(const NodeRecord& record);
  static Composite load(const NodeRecord& record);
};

/// The two parts of a composite or schema: in its row, or among its details if it is inactive. Throws base::Error for
/// another number.
std::vector<ConceptId> parts_of(const NodeRecord& record);
void save_parts(NodeRecord& record, const std::vector<ConceptId>& parts, bool active);

}  // namespace noema::concepts
