#include "memory/fact_table.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "memory/checksum.h"
#include "memory/row_codec.h"

namespace noema::memory {
namespace {

constexpr const char* kFactColumns = "subject, relation, value, since_episode, until_episode, told";

FactRow read_fact(const Statement& row) {
  return {std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)),
          row.integer(3),           row.integer(4),           decode_ids(row.text(5))};
}

auto key_of(const FactRow& row) { return std::tie(row.subject, row.relation, row.since, row.value); }

void insert(Database& database, const FactRow& row) {
  database
      .use(
          "INSERT OR REPLACE INTO facts(subject, relation, value, since_episode, until_episode, told) "
          "VALUES(?, ?, ?, ?, ?, ?)")
      ->bind_all(row.subject, row.relation, row.value, row.since, or_null(row.until), encode_ids(row.told))
      .run();
}

void remove(Database& database, const FactRow& row) {
  database.use("DELETE FROM facts WHERE subject = ? AND relation = ? AND since_episode = ? AND value = ?")
      ->bind_all(row.subject, row.relation, row.since, row.value)
      .run();
}

bool by_key(const FactRow& a, const FactRow& b) { return key_of(a) < key_of(b); }

/// Writes what differs between the rows that are there and the rows that are to be there. `before` is sorted.
void replace(Database& database, const std::vector<FactRow>& before, std::vector<FactRow> facts) {
  std::sort(facts.begin(), facts.end(), by_key);
  std::vector<FactRow> gone;
  std::set_difference(before.begin(), before.end(), facts.begin(), facts.end(), std::back_inserter(gone), by_key);
  for (const FactRow& row : gone) remove(database, row);
  auto old = before.begin();
  for (const FactRow& row : facts) {
    while (old != before.end() && key_of(*old) < key_of(row)) ++old;
    if (old == before.end() || *old != row) insert(database, row);
  }
}

/// The sum of the checksums of the rows that are left.
std::uint64_t digest_of(Statement& rows, int columns) {
  std::uint64_t digest = 0;
  while (rows.step()) {
    Checksum checksum;
    for (int column = 0; column < columns; ++column) checksum.text(rows.text(column));
    digest += static_cast<std::uint64_t>(checksum.value());
  }
  return digest;
}

std::uint64_t rules_digest(Database& database) {
  Statement rules(database, "SELECT id, rule, path, holds, fails FROM rules");
  return digest_of(rules, 5);
}

}  // namespace

void put_facts(Database& database, std::vector<FactRow> facts) {
  std::vector<FactRow> before;
  {
    Statement rows(database, std::string("SELECT ") + kFactColumns +
                                 " FROM facts ORDER BY subject, relation, since_episode, value");
    while (rows.step()) before.push_back(read_fact(rows));
  }
  replace(database, before, std::move(facts));
}

void put_facts_of(Database& database, const std::vector<std::string>& subjects, std::vector<FactRow> facts) {
  std::vector<FactRow> before;
  for (const std::string& subject : subjects) {
    auto rows = database.use(std::string("SELECT ") + kFactColumns + " FROM facts WHERE subject = ?");
    rows->bind_all(subject);
    while (rows->step()) before.push_back(read_fact(*rows));
  }
  std::sort(before.begin(), before.end(), by_key);
  replace(database, before, std::move(facts));
}

void put_rules(Database& database, const std::vector<RuleRow>& rules) {
  database.execute("DELETE FROM rules");
  std::int64_t id = 0;
  for (const RuleRow& row : rules)
    database.use("INSERT INTO rules(id, rule, path, holds, fails) VALUES(?, ?, ?, ?, ?)")
        ->bind_all(++id, row.rule, nlohmann::json(row.path).dump(), row.holds, row.fails)
        .run();
}

std::uint64_t facts_digest(Database& database) {
  Statement facts(database, std::string("SELECT ") + kFactColumns + " FROM facts");
  return digest_of(facts, 6) + rules_digest(database);
}

std::uint64_t facts_digest_of(Database& database, const std::vector<std::string>& subjects) {
  std::uint64_t digest = rules_digest(database);
  for (const std::string& subject : subjects) {
    auto facts = database.use(std::string("SELECT ") + kFactColumns + " FROM facts WHERE subject = ?");
    facts->bind_all(subject);
    digest += digest_of(*facts, 6);
  }
  return digest;
}

}  // namespace noema::memory
