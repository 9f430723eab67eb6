#include "memory/concept_table.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

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

/// Takes an edge from a concept: its type, to and count stand from this column on.
void read_edge(const Statement& edge, int column, ConceptRow& row) {
  const std::string_view type = edge.text(column);
  const ConceptId to = edge.integer(column + 1);
  if (type == kFollows)
    row.follows.emplace_back(to, edge.integer(column + 2));
  else if (type == kRedirect)
    row.redirect = to;
  else
    row.relations.push_back(
        {std::string(type), to, edge.is_null(column + 2) ? std::nullopt : std::optional(edge.integer(column + 2))});
}

/// The rows of a table that belong to concepts, for a reader who goes through the concepts in the order of their ids.
class Beside {
 public:
  /// sql: its first column is the concept's id, by which its rows are ordered.
  Beside(Database& database, const std::string& sql) : rows_(database, sql), is_row_(rows_.step()) {}

  /// Visits a concept's rows. Those of ids below, which no concept has, are passed over.
  template <typename Visit>
  void visit(ConceptId id, const Visit& visit) {
    for (; is_row_ && rows_.integer(0) <= id; is_row_ = rows_.step())
      if (rows_.integer(0) == id) visit(std::as_const(rows_));
  }

 private:
  Statement rows_;
  bool is_row_;
};

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
  while (edges->step()) read_edge(*edges, 0, row);
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

void ConceptTable::for_each(Rows rows, const std::function<void(const ConceptRow&, std::int64_t)>& visit) const {
  // Each table is read once, from its first row to its last, beside the concepts: a query a concept takes ten times as
  // long.
  const std::string left_out = rows == Rows::kWithoutFollowers ? "('follows', 'part-of')" : "('part-of')";
  Beside forms(*database_, "SELECT concept_id, surface, count FROM forms ORDER BY concept_id, surface");
  Beside parts(*database_, "SELECT to_id, from_id FROM relations WHERE type = 'part-of' ORDER BY to_id, place");
  Beside edges(*database_, "SELECT from_id, type, to_id, count FROM relations WHERE type NOT IN " + left_out +
                               " ORDER BY from_id, type, to_id");
  Statement concepts(*database_, std::string("SELECT ") + kColumns + " FROM concepts ORDER BY id");
  while (concepts.step()) {
    ConceptRow row = read_row(concepts);
    forms.visit(row.id, [&](const Statement& form) { row.forms.emplace_back(form.text(1), form.integer(2)); });
    parts.visit(row.id, [&](const Statement& part) { row.parts.push_back(part.integer(1)); });
    edges.visit(row.id, [&](const Statement& edge) { read_edge(edge, 1, row); });
    visit(row, concepts.integer(7));
  }
}

}  // namespace noema::memory
