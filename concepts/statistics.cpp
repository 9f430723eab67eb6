#include "concepts/statistics.h"

#include <algorithm>
#include <tuple>

#include "base/error.h"

namespace noema::concepts {

void normalise(Change& change) {
  std::sort(change.begin(), change.end(),
            [](const CellChange& a, const CellChange& b) { return std::tie(a.from, a.to) < std::tie(b.from, b.to); });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < change.size();) {
    CellChange sum = change[i];
    for (++i; i < change.size() && change[i].from == sum.from && change[i].to == sum.to; ++i)
      sum.delta += change[i].delta;
    if (sum.delta != 0) change[kept++] = sum;
  }
  change.resize(kept);
}

void Statistics::resize(std::size_t size) {
  if (size > rows_.size()) rows_.resize(size);
}

namespace {

/// Moves one member of a histogram from value `before` to value `after`; 0 is not kept.
void move(CountMap& histogram, std::uint64_t before, std::uint64_t after) {
  if (before == after) return;
  if (before != 0) histogram.add(static_cast<ConceptId>(before), -1);
  if (after != 0) histogram.add(static_cast<ConceptId>(after), 1);
}

}  // namespace

void Statistics::add(ConceptId from, ConceptId to, std::int64_t delta) {
  if (delta == 0) return;
  Row& row = rows_[from];
  Row& column = rows_[to];
  const std::uint64_t distinct_before = row.next.size();
  const std::uint64_t standing_before = column.previous.size();
  const std::uint32_t after = row.next.add(to, delta);
  column.previous.add(from, delta);
  move(cell_histogram_, static_cast<std::uint64_t>(static_cast<std::int64_t>(after) - delta), after);
  const std::uint64_t total_before = row.total;
  row.total = static_cast<std::uint64_t>(static_cast<std::int64_t>(row.total) + delta);
  move(total_histogram_, total_before, row.total);
  move(distinct_histogram_, distinct_before, row.next.size());
  move(standing_histogram_, standing_before, column.previous.size());
  cells_total_ += row.next.size() - distinct_before;
  known_ += (column.previous.size() > 0) - static_cast<std::uint64_t>(standing_before > 0);
  mentions_ = static_cast<std::uint64_t>(static_cast<std::int64_t>(mentions_) + delta);
}

void Statistics::apply(std::span<const CellChange> change) {
  // Additions first: a count may pass through zero only if it ends there, and a row keeps its place meanwhile.
  for (const CellChange& cell : change)
    if (cell.delta > 0) add(cell.from, cell.to, cell.delta);
  for (const CellChange& cell : change)
    if (cell.delta < 0) add(cell.from, cell.to, cell.delta);
}

double Statistics::nats(const LevelCode& row, const LevelCode& root) const {
  // restaurant() splits into a part of the total and a part of the distinct dishes, each with its own histogram.
  double nats = 0;
  for (const auto& [count, cells] : cell_histogram_.sorted()) nats += cells * row.cell(count);
  const double empty = row.restaurant(0, 1);
  for (const auto& [total, rows] : total_histogram_.sorted()) nats += rows * row.restaurant(0, total);
  for (const auto& [distinct, rows] : distinct_histogram_.sorted())
    nats += rows * (row.restaurant(distinct, 1) - empty);
  for (const auto& [standing, concepts] : standing_histogram_.sorted()) nats += concepts * root.cell(standing);
  return nats + root.restaurant(known_, cells_total_);
}

double Statistics::change_nats(std::span<const CellChange> change, const LevelCode& row, const LevelCode& root) const {
  double nats = 0;
  std::vector<std::pair<ConceptId, std::int64_t>> standing;  // concept, change of the number of rows it stands in
  std::int64_t cells_delta = 0;
  for (std::size_t i = 0; i < change.size();) {
    const ConceptId from = change[i].from;
    const bool known_row = from < rows_.size();
    std::int64_t distinct_delta = 0;
    std::int64_t total_delta = 0;
    for (; i < change.size() && change[i].from == from; ++i) {
      const std::int64_t before = known_row ? rows_[from].next[change[i].to] : 0;
      const std::int64_t after = before + change[i].delta;
      base::check(after >= 0, "a change takes more mentions than there are");
      nats += row.cell(static_cast<std::uint64_t>(after)) - row.cell(static_cast<std::uint64_t>(before));
      const int appears = (after > 0) - (before > 0);
      distinct_delta += appears;
      total_delta += change[i].delta;
      if (appears != 0) standing.emplace_back(change[i].to, appears);
    }
    if (distinct_delta != 0 || total_delta != 0) {
      const std::int64_t distinct = known_row ? rows_[from].next.size() : 0;
      const std::int64_t total = known_row ? static_cast<std::int64_t>(rows_[from].total) : 0;
      nats += row.restaurant(static_cast<std::uint64_t>(distinct + distinct_delta),
                             static_cast<std::uint64_t>(total + total_delta)) -
              row.restaurant(static_cast<std::uint64_t>(distinct), static_cast<std::uint64_t>(total));
    }
    cells_delta += distinct_delta;
  }
  std::sort(standing.begin(), standing.end());
  std::int64_t known_delta = 0;
  for (std::size_t i = 0; i < standing.size();) {
    const ConceptId to = standing[i].first;
    std::int64_t delta = 0;
    for (; i < standing.size() && standing[i].first == to; ++i) delta += standing[i].second;
    const std::int64_t before = to < rows_.size() ? rows_[to].previous.size() : 0;
    nats += root.cell(static_cast<std::uint64_t>(before + delta)) - root.cell(static_cast<std::uint64_t>(before));
    known_delta += (before + delta > 0) - (before > 0);
  }
  return nats +
         root.restaurant(known_ + static_cast<std::uint64_t>(known_delta),
                         cells_total_ + static_cast<std::uint64_t>(cells_delta)) -
         root.restaurant(known_, cells_total_);
}

std::uint64_t Statistics::bytes() const {
  std::uint64_t bytes = 0;
  for (const Row& row : rows_) bytes += sizeof(Row) + row.next.bytes() + row.previous.bytes();
  return bytes;
}

}  // namespace noema::concepts
