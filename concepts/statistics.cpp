#include "concepts/statistics.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/error.h"
#include "base/numbers.h"

namespace noema::concepts {

using base::log_gamma;

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

Codes::Codes(const Concentrations& c)
    : row(c.row_discount, c.row_strength),
      category(c.category_discount, c.category_strength),
      member(c.member_discount, c.member_strength),
      rest(c.rest_discount, c.rest_strength) {}

const LevelCode& Codes::choice(ConceptId of) const { return of == Statistics::kRest ? rest : member; }

// --- How customers move, in statistics and in drafts -----------------------------------------------------------

struct Flow {
  /// Seats `n` more customers (or fewer) of `row` at `dish`. When the cell is filled or emptied, the row above has one
  /// customer more or fewer.
  template <typename Books>
  static void seat(Books& books, ConceptId row, ConceptId dish, std::int64_t n) {
    const std::int64_t before = books.cell(row, dish);
    const std::int64_t after = before + n;
    base::check(after >= 0, "a change takes more mentions than there are");
    books.enter_cell(row, dish, n);
    if ((before > 0) != (after > 0)) pass_up(books, row, dish, after > 0 ? 1 : -1);
  }

  /// Seats one customer more or fewer in the row above `row`, at `dish` or, if it lies in one, at its category.
  template <typename Books>
  static void pass_up(Books& books, ConceptId row, ConceptId dish, std::int64_t sign) {
    const ConceptId above = books.parent_of(row);
    if (above == Statistics::kNone) {  // the root counts the dish and every category in which the dish lies
      books.enter_under(dish, sign);
      for (ConceptId id = books.parent_of(dish); id != Statistics::kNone; id = books.parent_of(id))
        books.enter_under(id, sign);
      return;
    }
    const ConceptId category = books.parent_of(dish);
    if (category != Statistics::kNone) books.enter_moved(dish, sign);
    seat(books, above, category != Statistics::kNone ? category : dish, sign);
  }

  /// Takes away every customer that was sent up through `id`, moves `id`, and sends those customers up again.
  template <typename Books>
  static void put_under(Books& books, ConceptId id, ConceptId category) {
    // The rows come in order of height. A cell above that loses its last customer is emptied on the way and skipped
    // here.
    std::vector<std::pair<ConceptId, ConceptId>> led;
    for (const auto& [row, dish] : books.cells_through(id)) {
      if (books.cell(row, dish) == 0) continue;
      pass_up(books, row, dish, -1);
      led.emplace_back(row, dish);
    }
    books.enter_parent(id, category);
    for (const auto& [row, dish] : led) pass_up(books, row, dish, 1);
  }
};

namespace {

/// Moves one member of a histogram from value `before` to value `after`; 0 is not kept.
void move(CountMap& histogram, std::uint64_t before, std::uint64_t after) {
  if (before == after) return;
  if (before != 0) histogram.add(static_cast<ConceptId>(before), -1);
  if (after != 0) histogram.add(static_cast<ConceptId>(after), 1);
}

std::uint64_t moved_by(std::uint64_t count, std::int64_t delta) {
  return static_cast<std::uint64_t>(static_cast<std::int64_t>(count) + delta);
}

}  // namespace

// --- Statistics ----------------------------------------------------------------------------------------------------

void Statistics::resize(std::size_t size) {
  while (rows_.size() < size) rows_.push_back({});
}

void Statistics::add_row(ConceptId id) {
  if (id >= rows_.size()) rows_.grow(id + std::size_t{1});
  rows_.put(id, {});
}

void Statistics::enter_cell(ConceptId from, ConceptId to, std::int64_t delta) {
  Row& row = row_of(from);
  Row& column = row_of(to);
  const bool category = place_of(from).height > 0;
  Histograms& histograms = histograms_[category];
  CountMap& back = category ? column.above : column.previous;
  const std::uint64_t distinct_before = row.next.size();
  const std::uint64_t bytes_before = row.next.bytes() + back.bytes();
  const std::uint32_t after = row.next.add(to, delta);
  back.add(from, delta);
  bytes_ += row.next.bytes() + back.bytes() - bytes_before;
  move(histograms.cells, moved_by(after, -delta), after);
  const std::uint64_t total_before = row.total;
  row.total = moved_by(row.total, delta);
  move(histograms.totals, total_before, row.total);
  move(histograms.distinct, distinct_before, row.next.size());
  if (category) return;
  cells_total_ += row.next.size() - distinct_before;
  mentions_ = moved_by(mentions_, delta);
}

/// Counts how often a member was chosen in its category.
void Statistics::choose(const Place& member, std::uint64_t chosen_before) {
  Place& category = place_of(member.parent);
  const std::uint64_t chosen = member.under + member.moved;
  category.drawn += chosen - chosen_before;  // wraps for fewer
  category.members += static_cast<std::uint64_t>(chosen > 0) - static_cast<std::uint64_t>(chosen_before > 0);
}

void Statistics::enter_under(ConceptId id, std::int64_t delta) {
  Place& place = place_of(id);
  const std::uint64_t before = place.under;
  place.under = moved_by(before, delta);
  if (place.parent != kNone) return choose(place, before + place.moved);
  move(root_histogram_, before, place.under);
  root_total_ = moved_by(root_total_, delta);
  root_distinct_ = moved_by(root_distinct_, (place.under > 0) - (before > 0));
}

void Statistics::enter_moved(ConceptId id, std::int64_t delta) {
  Place& place = place_of(id);
  const std::uint64_t before = place.moved;
  place.moved = moved_by(before, delta);
  choose(place, place.under + before);
}

void Statistics::enter_parent(ConceptId id, ConceptId category) {
  // The root's customers for `id` move with it.
  const auto under = static_cast<std::int64_t>(place_of(id).under);
  base::check(place_of(id).moved == 0, "whoever moves leaves no customer behind");
  for (ConceptId up = id; up != kNone; up = place_of(up).parent) enter_under(up, -under);
  place_of(id).parent = category;
  for (ConceptId up = id; up != kNone; up = place_of(up).parent) enter_under(up, under);
}

/// The cells that send their customers up through `id`, lowest rows first: the cells of its own row, and the cells for
/// it in rows that lie in a category. (A row in no category sends to the root, whose customers enter_parent moves.)
std::vector<std::pair<ConceptId, ConceptId>> Statistics::cells_through(ConceptId id) const {
  std::vector<std::tuple<std::uint32_t, ConceptId, ConceptId>> ordered;
  const auto add = [&](ConceptId row, ConceptId dish) { ordered.emplace_back(place_of(row).height, row, dish); };
  row_of(id).next.for_each([&](ConceptId dish, std::uint32_t) { add(id, dish); });
  for (const CountMap* rows : {&row_of(id).previous, &row_of(id).above})
    rows->for_each([&](ConceptId row, std::uint32_t) {
      if (row != id && place_of(row).parent != kNone) add(row, id);
    });
  std::sort(ordered.begin(), ordered.end());
  std::vector<std::pair<ConceptId, ConceptId>> cells;
  for (const auto& [height, row, dish] : ordered) cells.emplace_back(row, dish);
  return cells;
}

void Statistics::set_height(ConceptId id, std::uint32_t height) {
  Place& place = rows_[id];
  base::check(row_of(id).total == 0 && place.under + place.moved == 0, "a node becomes a category before it is used");
  place.height = height;
  place.parent = height > 0 ? kNone : kRest;
}

void Statistics::set_parent(ConceptId id, ConceptId category) {
  if (category == kNone && place_of(id).height == 0) category = kRest;
  if (place_of(id).parent == category) return;
  base::check(category == kNone || place_of(category).height > place_of(id).height,
              "a category lies above its members");
  Flow::put_under(*this, id, category);
}

void Statistics::add(ConceptId from, ConceptId to, std::int64_t delta) {
  if (delta != 0) Flow::seat(*this, from, to, delta);
}

void Statistics::apply(std::span<const CellChange> change) {
  // Additions first: a count may pass through zero only if it ends there, and a row keeps its place meanwhile.
  for (const CellChange& cell : change)
    if (cell.delta > 0) add(cell.from, cell.to, cell.delta);
  for (const CellChange& cell : change)
    if (cell.delta < 0) add(cell.from, cell.to, cell.delta);
}

void Statistics::release(ConceptId id) {
  const Row& row = rows_[id];
  base::check(row.total == 0 && row.previous.empty() && row.above.empty() && chosen(id) == 0,
              "only an empty row is given back");
  rows_.release(id);
}

std::uint64_t Statistics::held_bytes() const {
  std::uint64_t bytes = rows_.bytes();
  const auto add = [&](const Row& row) {
    bytes += row.next.held_bytes() + row.previous.held_bytes() + row.above.held_bytes();
  };
  rows_.for_each([&](std::size_t, const Row& row) { add(row); });
  add(rest_row_);
  return bytes;
}

double Statistics::nats(const Codes& codes) const {
  // restaurant() splits into a part of the total and a part of the distinct dishes, each with its own histogram.
  double nats = 0;
  for (const bool category : {false, true}) {
    const LevelCode& code = category ? codes.category : codes.row;
    const Histograms& histograms = histograms_[category];
    for (const auto& [count, cells] : histograms.cells.sorted()) nats += cells * code.cell(count);
    const double empty = code.restaurant(0, 1);
    for (const auto& [total, rows] : histograms.totals.sorted()) nats += rows * code.restaurant(0, total);
    for (const auto& [distinct, rows] : histograms.distinct.sorted())
      nats += rows * (code.restaurant(distinct, 1) - empty);
  }
  for (const auto& [customers, dishes] : root_histogram_.sorted()) nats += dishes * codes.category.cell(customers);
  nats += codes.category.restaurant(root_distinct_, root_total_);
  rows_.for_each([&](std::size_t, const Place& place) {
    if (place.parent != kNone) nats += codes.choice(place.parent).cell(place.under + place.moved);
    if (place.drawn > 0) nats += codes.member.restaurant(place.members, place.drawn);
  });
  nats += codes.rest.restaurant(rest_place_.members, rest_place_.drawn);
  return nats;
}

double Statistics::change_nats(std::span<const CellChange> change, const Codes& codes) const {
  Draft draft(*this);
  draft.apply(change);
  return draft.nats(codes);
}

// --- Draft ---------------------------------------------------------------------------------------------------------

std::int64_t Draft::base_cell(ConceptId row, ConceptId dish) const {
  return base_.knows(row) ? base_.row_of(row).next[dish] : 0;
}

std::int64_t Draft::cell(ConceptId row, ConceptId dish) const {
  const auto changed = cells_.find({row, dish});
  return base_cell(row, dish) + (changed == cells_.end() ? 0 : changed->second);
}

/// Where a node lies that the statistics do not have yet.
ConceptId Draft::fresh_parent(ConceptId id) const {
  return heights_.contains(id) ? Statistics::kNone : Statistics::kRest;
}

ConceptId Draft::base_parent(ConceptId id) const {
  return base_.knows(id) ? base_.place_of(id).parent : fresh_parent(id);
}

ConceptId Draft::parent_of(ConceptId id) const {
  if (!parents_.empty())
    if (const auto changed = parents_.find(id); changed != parents_.end()) return changed->second;
  return base_parent(id);
}

std::uint32_t Draft::height_of(ConceptId id) const {
  if (const auto changed = heights_.find(id); changed != heights_.end()) return changed->second;
  return base_.knows(id) ? base_.place_of(id).height : 0;
}

void Draft::apply(std::span<const CellChange> change) {
  for (const CellChange& cell : change)
    if (cell.delta > 0) Flow::seat(*this, cell.from, cell.to, cell.delta);
  for (const CellChange& cell : change)
    if (cell.delta < 0) Flow::seat(*this, cell.from, cell.to, cell.delta);
}

std::vector<std::pair<ConceptId, ConceptId>> Draft::cells_through(ConceptId id) const {
  std::set<std::tuple<std::uint32_t, ConceptId, ConceptId>> ordered;
  const auto add = [&](ConceptId row, ConceptId dish) {
    if (row == id || (dish == id && parent_of(row) != Statistics::kNone)) ordered.emplace(height_of(row), row, dish);
  };
  if (base_.knows(id)) {
    const auto& row = base_.row_of(id);
    row.next.for_each([&](ConceptId dish, std::uint32_t) { add(id, dish); });
    for (const CountMap* rows : {&row.previous, &row.above})
      rows->for_each([&](ConceptId other, std::uint32_t) { add(other, id); });
  }
  for (const auto& [key, delta] : cells_)
    if (key.first == id || key.second == id) add(key.first, key.second);
  std::vector<std::pair<ConceptId, ConceptId>> cells;
  for (const auto& [height, row, dish] : ordered) cells.emplace_back(row, dish);
  return cells;
}

void Draft::enter_parent(ConceptId id, ConceptId category) {
  // The root's customers for `id` move with it.
  const auto changed = under_.find(id);
  const std::int64_t under = (base_.knows(id) ? static_cast<std::int64_t>(base_.place_of(id).under) : 0) +
                             (changed == under_.end() ? 0 : changed->second);
  for (ConceptId up = parent_of(id); up != Statistics::kNone; up = parent_of(up)) under_[up] -= under;
  parents_[id] = category;
  for (ConceptId up = category; up != Statistics::kNone; up = parent_of(up)) under_[up] += under;
}

void Draft::set_parent(ConceptId id, ConceptId category) {
  if (category == Statistics::kNone && height_of(id) == 0) category = Statistics::kRest;
  if (parent_of(id) != category) Flow::put_under(*this, id, category);
}

double Draft::nats(const Codes& codes) const {
  double nats = 0;
  // Cells and their rows.
  std::vector<std::pair<Key, std::int64_t>> cells(cells_.begin(), cells_.end());
  std::sort(cells.begin(), cells.end());
  for (std::size_t i = 0; i < cells.size();) {
    const ConceptId row = cells[i].first.first;
    const LevelCode& code = height_of(row) > 0 ? codes.category : codes.row;
    std::int64_t distinct_delta = 0, total_delta = 0;
    for (; i < cells.size() && cells[i].first.first == row; ++i) {
      const std::int64_t before = base_cell(row, cells[i].first.second);
      const std::int64_t after = before + cells[i].second;
      if (before == after) continue;
      nats += code.cell(static_cast<std::uint64_t>(after)) - code.cell(static_cast<std::uint64_t>(before));
      distinct_delta += (after > 0) - (before > 0);
      total_delta += cells[i].second;
    }
    if (distinct_delta == 0 && total_delta == 0) continue;
    const bool known = base_.knows(row);
    const std::uint64_t distinct = known ? base_.row_of(row).next.size() : 0;
    const std::uint64_t total = known ? base_.row_of(row).total : 0;
    nats += code.restaurant(moved_by(distinct, distinct_delta), moved_by(total, total_delta)) -
            code.restaurant(distinct, total);
  }

  // Which members are chosen in their categories, and which dishes the root has, before and after.
  std::set<ConceptId> touched;
  for (const auto& [id, delta] : under_) touched.insert(id);
  for (const auto& [id, delta] : moved_) touched.insert(id);
  for (const auto& [id, parent] : parents_) touched.insert(id);
  struct Members {
    std::int64_t members = 0, drawn = 0;
  };
  std::map<ConceptId, Members> categories;
  std::int64_t root_total = 0, root_distinct = 0;
  const auto delta_of = [](const auto& map, ConceptId id) {
    const auto found = map.find(id);
    return found == map.end() ? std::int64_t{0} : found->second;
  };
  for (const ConceptId id : touched) {
    const bool known = base_.knows(id);
    const std::uint64_t under_before = known ? base_.place_of(id).under : 0;
    const std::uint64_t chosen_before = under_before + (known ? base_.place_of(id).moved : 0);
    const std::uint64_t under_after = moved_by(under_before, delta_of(under_, id));
    const std::uint64_t chosen_after = moved_by(chosen_before, delta_of(under_, id) + delta_of(moved_, id));
    const ConceptId parent_before = base_parent(id), parent_after = parent_of(id);
    const auto count = [&](ConceptId parent, std::uint64_t under, std::uint64_t chosen, int sign) {
      if (parent == Statistics::kNone) {
        nats += sign * codes.category.cell(under);
        root_total += sign * static_cast<std::int64_t>(under);
        root_distinct += sign * (under > 0);
      } else {
        nats += sign * codes.choice(parent).cell(chosen);
        categories[parent].members += sign * (chosen > 0);
        categories[parent].drawn += sign * static_cast<std::int64_t>(chosen);
      }
    };
    count(parent_before, under_before, chosen_before, -1);
    count(parent_after, under_after, chosen_after, 1);
  }
  for (const auto& [id, delta] : categories) {
    const bool known = base_.knows(id);
    const std::uint64_t members = known ? base_.place_of(id).members : 0;
    const std::uint64_t drawn = known ? base_.place_of(id).drawn : 0;
    nats += codes.choice(id).restaurant(moved_by(members, delta.members), moved_by(drawn, delta.drawn)) -
            codes.choice(id).restaurant(members, drawn);
  }
  return nats +
         codes.category.restaurant(moved_by(base_.root_distinct_, root_distinct),
                                   moved_by(base_.root_total_, root_total)) -
         codes.category.restaurant(base_.root_distinct_, base_.root_total_);
}

}  // namespace noema::concepts
