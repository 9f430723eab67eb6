#pragma once
// The sufficient statistics of L: how often which concept followed which. Kept with histograms of themselves, so that
// the total of L, and its total under other concentrations, cost only the number of distinct counts.

#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "concepts/counts.h"
#include "concepts/description.h"

namespace noema::concepts {

/// `delta` more (or fewer) mentions of `to` right after `from`.
struct CellChange {
  ConceptId from = 0;
  ConceptId to = 0;
  std::int64_t delta = 0;
};
using Change = std::vector<CellChange>;

/// Sorts by (from, to), adds up equal cells and drops zeros: the one form in which a change is evaluated and applied.
void normalise(Change& change);

class Statistics {
 public:
  /// Makes room for concepts below `size`.
  void resize(std::size_t size);

  /// Applies a change; every count stays at or above 0. O(change).
  void apply(std::span<const CellChange> change);
  void add(ConceptId from, ConceptId to, std::int64_t delta);

  const CountMap& next(ConceptId concept_id) const { return rows_[concept_id].next; }
  const CountMap& previous(ConceptId concept_id) const { return rows_[concept_id].previous; }
  /// Mentions of the concept that had a successor: all of them, as an episode's end is a successor too.
  std::uint64_t total(ConceptId concept_id) const { return rows_[concept_id].total; }
  std::uint64_t cells() const { return cells_total_; }
  std::uint64_t mentions() const { return mentions_; }

  /// L(mentions | graph) without forms, in nats. O(distinct counts).
  double nats(const LevelCode& row, const LevelCode& root) const;

  /// What nats() would grow by if `change` (normalised) were applied. O(change). Only the terms that differ are
  /// computed.
  double change_nats(std::span<const CellChange> change, const LevelCode& row, const LevelCode& root) const;

  std::uint64_t bytes() const;

 private:
  struct Row {
    CountMap next;
    CountMap previous;
    std::uint64_t total = 0;
  };

  std::deque<Row> rows_;  // a deque: growing never moves millions of rows at once
  std::uint64_t mentions_ = 0;
  std::uint64_t cells_total_ = 0;  // root customers: filled cells
  std::uint64_t known_ = 0;        // root dishes: concepts that stand in some row
  CountMap cell_histogram_;        // count -> number of cells with it
  CountMap distinct_histogram_;    // number of distinct successors -> number of rows
  CountMap total_histogram_;       // row total -> number of rows
  CountMap standing_histogram_;    // number of rows a concept stands in -> number of concepts
};

}  // namespace noema::concepts
