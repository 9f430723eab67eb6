#pragma once
// The thoughts of a life, those that were taken back included.

#include <optional>
#include <string_view>
#include <vector>

#include "memory/rows.h"

namespace noema::memory {

struct LifeImpl;

/// Reads the thoughts of one open life, which must outlive it.
class ThoughtLog {
 public:
  explicit ThoughtLog(const LifeImpl& life) : life_(&life) {}

  std::optional<ThoughtRow> find(ThoughtId id) const;
  /// Thoughts that are about this concept or made it, oldest first. O(their number).
  std::vector<ThoughtId> about(ConceptId id) const;
  /// Later thoughts that still stand and name one of the concepts that this one names, oldest first.
  std::vector<ThoughtId> later_sharing(ThoughtId id) const;
  /// The first thought of a kind after this one that still stands, or nothing.
  std::optional<ThoughtId> next_of_kind(std::string_view kind, ThoughtId after) const;

 private:
  const LifeImpl* life_;
};

}  // namespace noema::memory
