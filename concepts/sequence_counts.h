#pragma once
// How often what follows what, counted when somebody asks.

#include <atomic>
#include <cstdint>
#include <mutex>

#include "concepts/occurrences.h"
#include "concepts/statistics.h"

namespace noema::concepts {

/// Counts of the episodes of one stream, over concepts and over units. Episodes wait until somebody reads, and are
/// counted together then: their pairs are sorted and each cell is entered once. A life that is opened attaches all its
/// episodes before anybody reads; to count them so is several times as fast as pair by pair, to the same counts, and
/// who never asks waits for nothing. Several threads may read at once; the rest needs it alone.
class SequenceCounts {
 public:
  struct Both {
    Statistics concepts;
    Statistics units;  ///< the same over units instead of mentions
  };

  /// One more episode, which stands in the stream. Nodes and stream must stay where they are, and what the episode
  /// means (its units, its mentions, whose forms these are) as it is, until read() or change() was called. O(1).
  void wait_for(const Ground& ground, std::uint32_t episode);
  /// With all episodes counted. O(units that wait, sorted), otherwise O(1).
  const Both& read() const {
    if (some_wait_.load(std::memory_order_acquire)) count_waiting();
    return both_;
  }
  Both& change() {
    read();
    return both_;
  }

 private:
  void count_waiting() const;

  mutable Both both_;
  const Nodes* nodes_ = nullptr;
  const Stream* stream_ = nullptr;
  std::uint32_t first_ = 0, end_ = 0;  // episodes that wait
  mutable std::atomic<bool> some_wait_ = false;
  mutable std::mutex counting_;
};

/// Visits what follows what in an episode: take(from, to), its boundaries included. O(units).
template <typename Take>
void for_each_unit_pair(std::span<const ConceptId> units, const Take& take) {
  ConceptId previous = kBoundary;
  for (const ConceptId unit : units) {
    take(previous, unit);
    previous = unit;
  }
  take(previous, kBoundary);
}
template <typename Take>
void for_each_concept_pair(const Nodes& nodes, std::span<const Mention> mentions, const Take& take) {
  ConceptId previous = kBoundary;
  for (const Mention& mention : mentions) {
    const ConceptId current = nodes.concept_of(mention.node);
    take(previous, current);
    previous = current;
  }
  take(previous, kBoundary);
}

}  // namespace noema::concepts
