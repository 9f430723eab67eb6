#pragma once
// A category: concepts, or categories, that occur in like contexts.

#include "concepts/nodes/unit.h"

namespace noema::concepts {

struct Category {
  std::uint32_t height = 1;        ///< 1 for a category of concepts, more for one of categories
  std::vector<ConceptId> members;  ///< ascending

  static constexpr std::string_view kName = "category";
  static constexpr int kHashCode = 3;
  static constexpr bool kMayMerge = false, kMayBePart = false, kMayBeFixed = false, kMayMove = true;

  std::uint32_t length(const NodesView&) const { return 1; }
  void add_units(const NodesView&, ConceptId, std::vector<ConceptId>&) const {}
  std::string written(const NodesView& nodes, const Commonness& commonness) const;
  double bits(ConceptId id) const;
  std::string canonical_name(const CanonicalName& name_of) const;
  bool fits(const NodesView& nodes, ConceptId id) const;
  bool may_fade() const { return false; }
  std::vector<ConceptId> parts() const { return {}; }
  std::vector<ConceptId> companions() const { return members; }
  std::vector<ConceptId> named() const { return {}; }
  void enter(Nodes&, ConceptId) const {}
  void leave(Nodes&, ConceptId) const {}
  /// Keeps only what a checkpoint holds beside its counts.
  void clear_counts() { members.clear(); }
  std::uint64_t content_bytes() const { return members.size() * sizeof(ConceptId); }
  void save(NodeRecord& record, bool active) const;
  static bool describes(const NodeRecord& record);
  static Category load(const NodeRecord& record);
};

}  // namespace noema::concepts
