#pragma once
// The sufficient statistics of L: how often which concept followed which, and which category followed which. Histograms
// of the counts are kept beside them, so that the total of L, also under other concentrations, costs only the number of
// distinct counts.
//
// Every concept and every category has a row. In the words of the restaurant process, a row is a restaurant, a filled
// cell of it is a dish, and the cell's count is the number of customers who eat that dish. The customers of a concept's
// row are its mentions, and the dish is the concept that followed. When a cell is filled for the first time, the row
// sends one customer to the row above it: the row of its category, where the dish is the followed concept's category,
// or the root, where the dish is the topmost category in which the followed concept lies. docs/thinking.md derives the
// code.

#include <array>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "concepts/counts.h"
#include "concepts/description.h"
#include "concepts/table.h"

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

/// The codes of the kinds of restaurants.
struct Codes {
  LevelCode row, category, member, rest;
  explicit Codes(const Concentrations& concentrations);
  /// The code that says which member of this category is meant.
  const LevelCode& choice(ConceptId of) const;
};

class Draft;

class Statistics {
 public:
  static constexpr ConceptId kNone = 0;           ///< no category: of categories that lie in none
  static constexpr ConceptId kRest = 0xFFFFFFFE;  ///< the category of all concepts that lie in no other

  /// Makes room for concepts below `size`, each with a row.
  void resize(std::size_t size);
  /// Makes the row of a new concept, or of one that was released.
  void add_row(ConceptId id);
  /// Makes ids below `size` known without rows: the ids of concepts that are gone already.
  void pass_over(std::size_t size) { rows_.grow(size); }

  /// Applies a change; every count stays at or above 0. O(change x levels).
  void apply(std::span<const CellChange> change);
  void add(ConceptId from, ConceptId to, std::int64_t delta);
  /// Says that `id` is a category of height `height` >= 1 (0: no longer one; its row must be empty).
  void set_height(ConceptId id, std::uint32_t height);
  /// Puts a concept or category into a category, or (kNone) takes it out: a concept then lies in the rest. Heights rise
  /// from member to category.
  /// O(cells of its row and column).
  void set_parent(ConceptId id, ConceptId category);

  const CountMap& next(ConceptId id) const { return row_of(id).next; }
  /// The concepts that it followed: those in whose rows it has a cell, with the counts of the cells.
  const CountMap& previous(ConceptId id) const { return row_of(id).previous; }
  /// The categories in whose rows it has a cell, with the counts of the cells.
  const CountMap& above(ConceptId id) const { return row_of(id).above; }
  /// Mentions of the concept that had a successor (all of them, as an episode's end is a successor too); of a category:
  /// its customers.
  std::uint64_t total(ConceptId id) const { return row_of(id).total; }
  ConceptId parent(ConceptId id) const { return place_of(id).parent; }
  std::uint32_t height(ConceptId id) const { return place_of(id).height; }
  /// How often this member was chosen among the members of its category. Of a topmost category: the number of the
  /// root's customers for it.
  std::uint64_t chosen(ConceptId id) const { return place_of(id).under + place_of(id).moved; }
  /// The part of chosen() that the root counts: its customers for this node and for the nodes that lie in it.
  std::uint64_t under(ConceptId id) const { return place_of(id).under; }
  /// Members of a category that were chosen, and how often one was.
  std::uint64_t members(ConceptId id) const { return place_of(id).members; }
  std::uint64_t drawn(ConceptId id) const { return place_of(id).drawn; }
  /// Customers and dishes of the root.
  std::uint64_t root_total() const { return root_total_; }
  std::uint64_t root_distinct() const { return root_distinct_; }
  std::uint64_t cells() const { return cells_total_; }
  std::uint64_t mentions() const { return mentions_; }

  /// L(mentions | graph) without forms, in nats. O(distinct counts + categories' members).
  double nats(const Codes& codes) const;
  /// What nats() would grow by if `change` (normalised) were applied. O(change x levels).
  double change_nats(std::span<const CellChange> change, const Codes& codes) const;

  /// What rows and cells need: a function of the counts alone. O(1).
  std::uint64_t bytes() const { return bytes_ + rows_.bytes(); }
  /// The same summed up from what is really held. O(concepts).
  std::uint64_t held_bytes() const;
  /// Gives back the memory of a row that is empty; it reads as empty from now on.
  void release(ConceptId id);

 private:
  friend class Draft;
  friend struct Flow;
  struct Place {
    ConceptId parent = kRest;
    std::uint32_t height = 0;
    std::uint64_t under = 0;    ///< the root's customers for it and for the nodes that lie in it
    std::uint64_t moved = 0;    ///< customers for it that a row sent up, where they count for its category
    std::uint64_t members = 0;  ///< members that were chosen at least once
    std::uint64_t drawn = 0;    ///< sum of chosen() over the members
  };
  struct Row : Place {
    CountMap next;
    CountMap previous;
    CountMap above;
    std::uint64_t total = 0;
  };
  struct Histograms {
    CountMap cells;     ///< count -> number of cells with it
    CountMap distinct;  ///< number of dishes -> number of rows
    CountMap totals;    ///< row total -> number of rows
  };

  bool knows(ConceptId id) const { return id < rows_.size() || id == kRest; }
  const Row& row_of(ConceptId id) const { return id == kRest ? rest_row_ : rows_[id]; }
  Row& row_of(ConceptId id) { return id == kRest ? rest_row_ : rows_[id]; }
  const Place& place_of(ConceptId id) const { return id == kRest ? rest_place_ : rows_[id]; }
  Place& place_of(ConceptId id) { return id == kRest ? rest_place_ : rows_[id]; }

  // What Flow needs to move customers. Draft has functions of the same names, so that one Flow serves both.
  std::int64_t cell(ConceptId row, ConceptId dish) const { return row_of(row).next[dish]; }
  ConceptId parent_of(ConceptId id) const { return place_of(id).parent; }
  void enter_cell(ConceptId row, ConceptId dish, std::int64_t delta);
  void enter_under(ConceptId id, std::int64_t delta);
  void enter_moved(ConceptId id, std::int64_t delta);
  void enter_parent(ConceptId id, ConceptId category);
  std::vector<std::pair<ConceptId, ConceptId>> cells_through(ConceptId id) const;
  void choose(const Place& member, std::uint64_t chosen_before);

  Table<Row> rows_;
  Row rest_row_;
  Place rest_place_{kNone, 1, 0, 0, 0, 0};
  std::uint64_t mentions_ = 0;
  std::uint64_t cells_total_ = 0;  // filled cells of concepts
  std::uint64_t root_total_ = 0;
  std::uint64_t root_distinct_ = 0;
  std::uint64_t bytes_ = 0;               // of the cells
  std::array<Histograms, 2> histograms_;  // of concepts' rows, of categories' rows
  CountMap root_histogram_;               // customers of a dish of the root -> number of dishes
};

/// A change that is tried out beside the statistics, to learn what L would become. The statistics are only read, so
/// that several threads may each have a draft.
class Draft {
 public:
  explicit Draft(const Statistics& base) : base_(base) {}

  void apply(std::span<const CellChange> change);
  /// A category that the statistics do not have yet.
  void set_height(ConceptId id, std::uint32_t height) { heights_[id] = height; }
  void set_parent(ConceptId id, ConceptId category);
  /// By how many nats L(mentions | graph), without forms, would grow. In sorted order: the same bits every time.
  /// O(what was changed).
  double nats(const Codes& codes) const;

 private:
  friend struct Flow;

  std::int64_t base_cell(ConceptId row, ConceptId dish) const;
  std::int64_t cell(ConceptId row, ConceptId dish) const;
  ConceptId fresh_parent(ConceptId id) const;
  ConceptId base_parent(ConceptId id) const;
  ConceptId parent_of(ConceptId id) const;
  std::uint32_t height_of(ConceptId id) const;
  void enter_cell(ConceptId row, ConceptId dish, std::int64_t delta) { cells_[{row, dish}] += delta; }
  void enter_under(ConceptId id, std::int64_t delta) { under_[id] += delta; }
  void enter_moved(ConceptId id, std::int64_t delta) { moved_[id] += delta; }
  void enter_parent(ConceptId id, ConceptId category);
  std::vector<std::pair<ConceptId, ConceptId>> cells_through(ConceptId id) const;

  using Key = std::pair<ConceptId, ConceptId>;
  struct KeyHash {
    std::size_t operator()(const Key& key) const {
      return (std::uint64_t{key.first} << 32 | key.second) * std::uint64_t{0x9E3779B97F4A7C15} >> 16;
    }
  };
  const Statistics& base_;
  std::unordered_map<Key, std::int64_t, KeyHash> cells_;
  std::unordered_map<ConceptId, std::int64_t> under_, moved_;
  std::unordered_map<ConceptId, ConceptId> parents_;
  std::unordered_map<ConceptId, std::uint32_t> heights_;
};

}  // namespace noema::concepts
