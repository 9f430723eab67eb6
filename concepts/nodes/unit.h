#pragma once
// A unit: a word, a Chinese character, a mark. It is perceived, never made by a thought.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "concepts/ids.h"

namespace noema::concepts {

class Nodes;
class NodesView;
struct NodeRecord;
using CanonicalName = std::function<const std::string&(ConceptId)>;
using Commonness = std::function<std::uint64_t(ConceptId)>;

struct Unit {
  std::string label;                                            ///< its identity
  std::vector<std::pair<std::string, std::uint32_t>> surfaces;  ///< how it was written, with counts, in order of
                                                                ///< appearance
  std::vector<ConceptId> senses;                                ///< active senses split off from it, ascending
  std::uint8_t longest_ending = 1;                              ///< length of the longest composite that ends with it

  static constexpr std::string_view kName = "sense";  ///< on disk; a split-off sense has the same
  static constexpr int kHashCode = 0;
  static constexpr bool kMayMerge = true, kMayBePart = true, kMayBeFixed = true, kMayMove = true;

  std::uint32_t length(const NodesView&) const { return 1; }
  void add_units(const NodesView&, ConceptId id, std::vector<ConceptId>& units) const { units.push_back(id); }
  std::string written(const NodesView& nodes, const Commonness& commonness) const;
  double bits(ConceptId id) const;
  std::string canonical_name(const CanonicalName& name_of) const;
  bool fits(const NodesView& nodes, ConceptId id) const;
  bool may_fade() const { return senses.empty(); }
  std::vector<ConceptId> parts() const { return {}; }
  std::vector<ConceptId> companions() const { return senses; }
  std::vector<ConceptId> named() const { return {}; }
  void enter(Nodes& nodes, ConceptId id) const;
  void leave(Nodes& nodes, ConceptId id) const;
  /// Keeps only what a checkpoint holds beside its counts.
  void clear_counts() {
    surfaces.clear();
    senses.clear();
    longest_ending = 1;
  }
  std::uint64_t content_bytes() const;
  void save(NodeRecord& record, bool active) const;
  static bool describes(const NodeRecord& record);
  static Unit load(const NodeRecord& record);
};

}  // namespace noema::concepts
