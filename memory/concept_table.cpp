#include "memory/concept_table.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/error.h"
#include "memory/row_codec.h"

namespace noema::memory {
namespace {

constexpr const char* kColumns = "id, kind, label, count, created_by_thought, details, vector, checksum";
constexpr std::string_view kFollows = "follows", kPartOf = "part-of", kRedirect = "redirect";

ConceptRow read_row(const Statement& row) {
  ConceptRow made;
  made.id = row.integer(0);
  made.kind = row.text(1);
  made.label = row.text(2);
  made.count = row.integer(3);
  made.created_by = row.integer(4);
  made.details = row.text(5);
  made.vector = row.blob(6);
  return made;
}

/// A row of `relations`: from, type, to and place are its key.
using Edge = std::tuple<ConceptId, std::string_view, ConceptId, std::int64_t>;
using Edges = std::map<Edge, std::optional<std::int64_t>>;

/// The edges that are a concept's own: all from it but part-of, which are its parts'.
Edges edges_of(const ConceptRow& row) {
  Edges edges;
  for (const auto& [to, count] : row.follows) edges[{row.id, kFollows, to, 0}] = count;
  for (std::size_t place = 0; place < row.parts.size(); ++place)
    edges[{row.parts[place], kPartOf, row.id, static_cast<std::int64_t>(place)}] = std::nullopt;
  if (row.redirect != 0) edges[{row.id, kRedirect, row.redirect, 0}] = std::nullopt;
  for (const ConceptRelation& one : row.relations) edges[{row.id, one.type, one.to, 0}] = one.count;
  return edges;
}

/// Calls `gone` for what only `before` has, and `put` for what `after` has alone or with another value.
template <typename Map, typename Gone, typename Put>
void compare(const Map& before, const Map& after, const Gone& gone, const Put& put) {
  for (const auto& [key, value] : before)
    if (!after.contains(key)) gone(key);
  for (const auto& [key, value] : after) {
    const auto found = before.find(key);
    if (found == before.end() || found->second != value) put(key, value);
  }
}

template <typename Values>
Values sorted(Values values) {
  std::sort(values.begin(), values.end());
  return values;
}

}  // namespace

std::int64_t concept_checksum(const ConceptRow& row) {
  Checksum checksum;
  checksum.integer(row.id).text(row.kind).text(row.label).text(encode_ids(row.parts)).integer(row.redirect);
  checksum.integer(row.count).integer(row.created_by).text(encode_forms(row.forms));
  checksum.text(encode_counts(sorted(row.follows))).text(row.details);
  for (const ConceptRelation& one : sorted(row.relations))
    checksum.text(one.type).integer(one.to).integer(one.count.value_or(-1));
  return checksum.text(row.vector).value();
}

std::int64_t ConceptTable::put(const ConceptRow& row) {
  const std::int64_t checksum = concept_checksum(row);
  ConceptRow before;
  before.id = row.id;
  read_around(before);
  put_forms(before, row);
  put_relations(before, row);
  database_
      ->use(
          "INSERT OR REPLACE INTO concepts(id, kind, label, count, created_by_thought, details, vector, "
          "checksum) VALUES(?, ?, ?, ?, ?, ?, ?, ?)")
      ->bind_all(row.id, row.kind, row.label, row.count, or_null(row.created_by), row.details, Blob{row.vector},
                 checksum)
      .run();
  return checksum;
}

void ConceptTable::put_forms(const ConceptRow& before, const ConceptRow& after) {
  using Forms = std::map<std::string, std::int64_t>;
  compare(
      Forms(before.forms.begin(), before.forms.end()), Forms(after.forms.begin(), after.forms.end()),
      [&](const std::string& surface) {
        database_->use("DELETE FROM forms WHERE concept_id = ? AND surface = ?")->bind_all(after.id, surface).run();
      },
      [&](const std::string& surface, std::int64_t count) {
        database_->use("INSERT OR REPLACE INTO forms(concept_id, surface, count) VALUES(?, ?, ?)")
            ->bind_all(after.id, surface, count)
            .run();
      });
}

void ConceptTable::put_relations(const ConceptRow& before, const ConceptRow& after) {
  compare(
      edges_of(before), edges_of(after),
      [&](const Edge& edge) {
        const auto& [from, type, to, place] = edge;
        database_->use("DELETE FROM relations WHERE from_id = ? AND type = ? AND to_id = ? AND place = ?")
            ->bind_all(from, type, to, place)
            .run();
      },
      [&](const Edge& edge, std::optional<std::int64_t> count) {
        const auto& [from, type, to, place] = edge;
        database_->use("INSERT OR REPLACE INTO relations(from_id, type, to_id, place, count) VALUES(?, ?, ?, ?, ?)")
            ->bind_all(from, type, to, place, count)
            .run();
      });
}

void ConceptTable::erase(ConceptId id) {
  database_->use("DELETE FROM concepts WHERE id = ?")->bind_all(id).run();
  database_->use("DELETE FROM forms WHERE concept_id = ?")->bind_all(id).run();
  database_->use("DELETE FROM relations WHERE from_id = ? AND type <> 'part-of'")->bind_all(id).run();
  database_->use("DELETE FROM relations WHERE to_id = ? AND type = 'part-of'")->bind_all(id).run();
}

void ConceptTable::clear() {
  for (const char* table : {"concepts", "forms", "relations"}) database_->execute(std::string("DELETE FROM ") + table);
}

/// Reads the forms and relations of row.id.
void ConceptTable::read_around(ConceptRow& row) const {
  auto forms = database_->use("SELECT surface, count FROM forms WHERE concept_id = ? ORDER BY surface");
  forms->bind_all(row.id);
  while (forms->step()) row.forms.emplace_back(forms->text(0), forms->integer(1));
  auto parts = database_->use("SELECT from_id FROM relations WHERE to_id = ? AND type = 'part-of' ORDER BY place");
  parts->bind_all(row.id);
  while (parts->step()) row.parts.push_back(parts->integer(0));
  auto edges = database_->use(
      "SELECT type, to_id, count FROM relations WHERE from_id = ? AND type <> 'part-of' ORDER BY type, to_id");
  edges->bind_all(row.id);
  while (edges->step()) {
    const std::string_view type = edges->text(0);
    const ConceptId to = edges->integer(1);
    if (type == kFollows)
      row.follows.emplace_back(to, edges->integer(2));
    else if (type == kRedirect)
      row.redirect = to;
    else
      row.relations.push_back(
          {std::string(type), to, edges->is_null(2) ? std::nullopt : std::optional(edges->integer(2))});
  }
}

std::optional<ConceptRow> ConceptTable::find(ConceptId id) const {
  static const std::string kSql = std::string("SELECT ") + kColumns + " FROM concepts WHERE id = ?";
  auto query = database_->use(kSql);
  if (!query->bind_all(id).step()) return std::nullopt;
  ConceptRow row = read_row(*query);
  read_around(row);
  return row;
}

std::optional<std::int64_t> ConceptTable::checksum_of(ConceptId id) const {
  auto query = database_->use("SELECT checksum FROM concepts WHERE id = ?");
  if (!query->bind_all(id).step()) return std::nullopt;
  return query->integer(0);
}

void ConceptTable::for_each(const std::function<void(const ConceptRow&, std::int64_t)>& visit) const {
  Statement rows(*database_, std::string("SELECT ") + kColumns + " FROM concepts ORDER BY id");
  while (rows.step()) {
    ConceptRow row = read_row(rows);
    read_around(row);
    visit(row, rows.integer(7));
  }
}

}  // namespace noema::memory
