#include "memory/fact_table.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <unordered_map>

#include "base/error.h"
#include "memory/checksum.h"
#include "memory/row_codec.h"

namespace noema::memory {
namespace {

constexpr const char* kFacts =
    "SELECT s.text, r.text, v.text, f.since_episode, f.until_episode, coalesce(f.told, '[' || f.since_episode || ']') "
    "FROM facts f JOIN fact_terms s ON s.id = f.subject_id JOIN fact_terms r ON r.id = f.relation_id "
    "JOIN fact_terms v ON v.id = f.value_id";
constexpr int kFactColumns = 6;

FactRow read_fact(const Statement& row) {
  return {std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)),
          row.integer(3),           row.integer(4),           decode_ids(row.text(5))};
}

auto key_of(const FactRow& row) { return std::tie(row.subject, row.relation, row.since, row.value); }

/// The numbers of words, which are made when they are first asked for.
class Terms {
 public:
  explicit Terms(Database& database) : database_(database) {}

  std::int64_t id_of(const std::string& text) {
    const auto [found, is_new] = ids_.try_emplace(text);
    if (is_new) {
      database_.use("INSERT OR IGNORE INTO fact_terms(text) VALUES(?)")->bind_all(text).run();
      auto row = database_.use("SELECT id FROM fact_terms WHERE text = ?");
      row->bind_all(text);
      base::check(row->step(), "a word that was stored is not there");
      found->second = row->integer(0);
    }
    return found->second;
  }

 private:
  Database& database_;
  std::unordered_map<std::string, std::int64_t> ids_;
};

void insert(Database& database, Terms& terms, const FactRow& row) {
  const bool is_told_once = row.told == std::vector{row.since};
  database
      .use(
          "INSERT OR REPLACE INTO facts(subject_id, relation_id, value_id, since_episode, until_episode, told) "
          "VALUES(?, ?, ?, ?, ?, ?)")
      ->bind_all(terms.id_of(row.subject), terms.id_of(row.relation), terms.id_of(row.value), row.since,
                 or_null(row.until), is_told_once ? std::optional<std::string>() : encode_ids(row.told))
      .run();
}

void remove(Database& database, Terms& terms, const FactRow& row) {
  database.use("DELETE FROM facts WHERE subject_id = ? AND relation_id = ? AND since_episode = ? AND value_id = ?")
      ->bind_all(terms.id_of(row.subject), terms.id_of(row.relation), row.since, terms.id_of(row.value))
      .run();
}

bool by_key(const FactRow& a, const FactRow& b) { return key_of(a) < key_of(b); }

/// Writes what differs between the rows that are there and the rows that are to be there. `before` is sorted.
void replace(Database& database, const std::vector<FactRow>& before, std::vector<FactRow> facts) {
  std::sort(facts.begin(), facts.end(), by_key);
  std::vector<FactRow> gone;
  std::set_difference(before.begin(), before.end(), facts.begin(), facts.end(), std::back_inserter(gone), by_key);
  Terms terms(database);
  for (const FactRow& row : gone) remove(database, terms, row);
  auto old = before.begin();
  for (const FactRow& row : facts) {
    while (old != before.end() && key_of(*old) < key_of(row)) ++old;
    if (old == before.end() || *old != row) insert(database, terms, row);
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
    Statement rows(database, kFacts);
    while (rows.step()) before.push_back(read_fact(rows));
  }
  std::sort(before.begin(), before.end(), by_key);
  replace(database, before, std::move(facts));
  database.execute(
      "DELETE FROM fact_terms WHERE id NOT IN "
      "(SELECT subject_id FROM facts UNION SELECT relation_id FROM facts UNION SELECT value_id FROM facts)");
}

void put_facts_of(Database& database, const std::vector<std::string>& subjects, std::vector<FactRow> facts) {
  std::vector<FactRow> before;
  for (const std::string& subject : subjects) {
    auto rows = database.use(std::string(kFacts) + " WHERE s.text = ?");
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
  Statement facts(database, kFacts);
  return digest_of(facts, kFactColumns) + rules_digest(database);
}

std::uint64_t facts_digest_of(Database& database, const std::vector<std::string>& subjects) {
  std::uint64_t digest = rules_digest(database);
  for (const std::string& subject : subjects) {
    auto facts = database.use(std::string(kFacts) + " WHERE s.text = ?");
    facts->bind_all(subject);
    digest += digest_of(*facts, kFactColumns);
  }
  return digest;
}

}  // namespace noema::memory
