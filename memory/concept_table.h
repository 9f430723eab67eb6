#pragma once
// The tables that hold the checkpoint's concepts: a row each in `concepts`, its surface forms in `forms`, its edges in
// `relations`.

#include <functional>
#include <optional>

#include "memory/database.h"
#include "memory/rows.h"

namespace noema::memory {

class ConceptTable {
 public:
  /// The database must outlive it.
  explicit ConceptTable(Database& database) : database_(&database) {}

  /// Adds or replaces the row of this id, and of its forms and relations only what differs. Returns the checksum.
  std::int64_t put(const ConceptRow& row);
  void erase(ConceptId id);
  void clear();
  std::optional<ConceptRow> find(ConceptId id) const;
  /// The stored checksum of a row.
  std::optional<std::int64_t> checksum_of(ConceptId id) const;
  /// What rows are read with: all of them, or all but what follows a concept.
  enum class Rows { kWhole, kWithoutFollowers };
  /// In order of id, streaming, with the stored checksums. `visit` may not write these tables. O(rows).
  void for_each(Rows rows, const std::function<void(const ConceptRow&, std::int64_t checksum)>& visit) const;

 private:
  void read_around(ConceptRow& row) const;
  void put_forms(const ConceptRow& before, const ConceptRow& after);
  void put_relations(const ConceptRow& before, const ConceptRow& after);

  Database* database_;
};

/// The checksum of a row with its forms and relations, in the order in which the tables give them.
std::int64_t concept_checksum(const ConceptRow& row);

}  // namespace noema::memory
