#include "memory/concept_table.h"

#include "memory/schema.h"
#include "tests/memory/support.h"

namespace noema::memory {
namespace {

ConceptRow whole() {
  ConceptRow row = concept_row(3, "ha ha");
  row.parts = {1, 1};
  row.redirect = 2;
  row.follows = {{0, 1}, {1, 5}, {2, 1}};
  row.relations = {{"associates", 1, 4}, {"instance-of", 2, {}}};
  return row;
}

struct Tables {
  Database database{":memory:", OpenMode::kCreate, 0};
  ConceptTable table{database};
  Tables() { migrate(database, migrations()); }
  std::string relations() {
    return database.text(
        "SELECT coalesce(group_concat(from_id || ' ' || type || ' ' || to_id || ' ' || place || ' ' || coalesce(count, "
        "'-'), ', '), '') FROM (SELECT * FROM relations ORDER BY from_id, type, to_id, place)");
  }
};

}  // namespace

TEST_CASE("a concept's edges are rows: its own, and those of its parts to it") {
  Tables tables;
  tables.table.put(whole());
  CHECK(tables.relations() ==
        "1 part-of 3 0 -, 1 part-of 3 1 -, 3 associates 1 0 4, 3 follows 0 0 1, 3 follows 1 0 5, 3 follows 2 0 1, "
        "3 instance-of 2 0 -, 3 redirect 2 0 -");
  const auto row = tables.table.find(3);
  REQUIRE(row);
  CHECK(row->parts == whole().parts);
  CHECK(row->follows == whole().follows);
  CHECK(row->relations == whole().relations);
  CHECK(row->redirect == 2);
  CHECK(concept_checksum(*row) == tables.table.checksum_of(3));
}

TEST_CASE("of a concept that is written again only the edges that differ are written") {
  Tables tables;
  tables.table.put(whole());
  tables.database.execute(
      "CREATE TABLE written(n); CREATE TRIGGER t AFTER INSERT ON relations BEGIN INSERT INTO written VALUES('put'); "
      "END; CREATE TRIGGER d AFTER DELETE ON relations BEGIN INSERT INTO written VALUES('gone'); END");
  ConceptRow row = whole();
  row.follows = {{0, 1}, {1, 6}};  // one more of one, none of the last
  row.parts = {1};
  tables.table.put(row);
  CHECK(tables.database.text("SELECT group_concat(n, ' ') FROM (SELECT n FROM written ORDER BY n)") == "gone gone put");
  CHECK(tables.table.find(3)->follows == row.follows);
  CHECK(tables.table.find(3)->parts == row.parts);
}

TEST_CASE("an erased concept leaves no edge of its own, and those of others stay") {
  Tables tables;
  ConceptRow other = concept_row(1, "ha");
  other.follows = {{3, 2}};
  tables.table.put(other);
  tables.table.put(whole());
  tables.table.erase(3);
  CHECK(tables.relations() == "1 follows 3 0 2");
  CHECK_FALSE(tables.table.find(3));
  CHECK(tables.database.integer("SELECT count(*) FROM forms") == 1);
  tables.table.clear();
  CHECK(tables.relations().empty());
}

TEST_CASE("all concepts are read as each is found alone, and rows of concepts that are not there are passed over") {
  Tables tables;
  for (const ConceptId id : {1, 2, 5, 8}) {
    ConceptRow row = whole();
    row.id = id;
    row.forms = {{"a" + std::to_string(id), id}, {"b", 1}};
    row.parts.resize(static_cast<std::size_t>(id % 3), 2);
    tables.table.put(row);
  }
  tables.database.execute("DELETE FROM concepts WHERE id = 2 OR id = 8");
  std::vector<ConceptId> ids;
  tables.table.for_each(ConceptTable::Rows::kWhole, [&](const ConceptRow& row, std::int64_t checksum) {
    ids.push_back(row.id);
    CHECK(concept_checksum(row) == checksum);
    CHECK(tables.table.find(row.id)->forms == row.forms);
    CHECK(tables.table.find(row.id)->parts == row.parts);
  });
  CHECK(ids == std::vector<ConceptId>{1, 5});
  tables.table.for_each(ConceptTable::Rows::kWithoutFollowers, [&](const ConceptRow& read, std::int64_t checksum) {
    ConceptRow row = read;
    CHECK(row.follows.empty());
    row.follows = whole().follows;
    CHECK(concept_checksum(row) == checksum);
  });
}

TEST_CASE("the checksum does not depend on the order of forms and edges") {
  ConceptRow one = whole(), other = whole();
  one.forms = {{"a", 1}, {"b", 2}};
  other.forms = {{"b", 2}, {"a", 1}};
  std::swap(other.follows[0], other.follows[2]);
  std::swap(other.relations[0], other.relations[1]);
  CHECK(concept_checksum(one) == concept_checksum(other));
  std::swap(other.relations[0].to, other.relations[1].to);
  CHECK(concept_checksum(one) != concept_checksum(other));
}

}  // namespace noema::memory
