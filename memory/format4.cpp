#include "memory/format4.h"

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "memory/concept_table.h"
#include "memory/life_impl.h"
#include "memory/mention_index.h"
#include "memory/row_codec.h"

namespace noema::memory {
namespace {

using Json = nlohmann::json;

/// Takes out of the details what is a relation now.
void take_relations(ConceptRow& row) {
  Json details = Json::parse(row.details);
  if (const auto at = details.find("category"); at != details.end()) {
    row.relations.push_back({"instance-of", at->get<ConceptId>()});
    details.erase(at);
  }
  if (const auto at = details.find("origin"); at != details.end()) {
    row.relations.push_back({"sense-of", at->get<ConceptId>()});
    details.erase(at);
  }
  if (const auto at = details.find("associates"); at != details.end()) {
    for (const auto& [id, times] : at->get<std::vector<std::pair<ConceptId, std::int64_t>>>())
      row.relations.push_back({"associates", id, times});
    details.erase(at);
  }
  row.details = details.dump();
}

/// A row of format 3 on the columns of kOldColumns.
constexpr const char* kOldColumns =
    "id, kind, label, parts, redirect, count, created_by_thought, forms, follows, details, vector, checksum";

std::int64_t old_checksum(const Statement& row) {
  Checksum checksum;
  checksum.integer(row.integer(0)).text(row.text(1)).text(row.text(2)).text(row.text(3)).integer(row.integer(4));
  checksum.integer(row.integer(5)).integer(row.integer(6)).text(row.text(7)).text(row.text(8)).text(row.text(9));
  return checksum.text(row.blob(10)).value();
}

ConceptRow read_old(const Statement& row) {
  ConceptRow made;
  made.id = row.integer(0);
  made.kind = row.text(1);
  made.label = row.text(2);
  made.parts = decode_ids(row.text(3));
  made.redirect = row.integer(4);
  made.count = row.integer(5);
  made.created_by = row.integer(6);
  made.forms = decode_forms(row.text(7));
  made.follows = decode_counts(row.text(8));
  made.details = row.text(9);
  made.vector = row.blob(10);
  take_relations(made);
  return made;
}

[[noreturn]] void refuse(const Database& database, ConceptId id, const std::string& what) {
  throw base::Error(database.name() + ": concept " + std::to_string(id) + ": " + what +
                    "; the file is damaged and was left as it was, restore a backup");
}

void move_concepts(Database& database, Totals& totals) {
  ConceptTable table(database);
  Statement rows(database, std::string("SELECT ") + kOldColumns + " FROM concepts_of_format3 ORDER BY id");
  std::uint64_t old_digest = 0, digest = 0;
  while (rows.step()) {
    const std::int64_t checksum = old_checksum(rows);
    if (checksum != rows.integer(11)) refuse(database, rows.integer(0), "the row is not what was stored");
    old_digest += static_cast<std::uint64_t>(checksum);
    try {
      digest += static_cast<std::uint64_t>(table.put(read_old(rows)));
    } catch (const Json::exception&) {
      refuse(database, rows.integer(0), "its columns cannot be read");
    }
  }
  if (old_digest != totals.concepts_digest)
    throw base::Error(database.name() + ": the concepts together are not what was stored; restore a backup");
  totals.concepts_digest = digest;
}

}  // namespace

void move_concepts_into_tables(Database& database) {
  if (database.integer("SELECT count(*) FROM meta WHERE key = 'totals'") > 0) {  // not a new life
    Totals totals = Totals::from_json(read_meta(database, "totals"));
    move_concepts(database, totals);
    index_mentions(database, "mention_index");
    write_meta(database, "totals", totals.to_json());
  }
  database.execute("DROP TABLE concepts_of_format3");
}

}  // namespace noema::memory
