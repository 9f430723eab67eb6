#include "memory/schema.h"

#include <array>
#include <string>

#include "memory/check_search.h"
#include "memory/format2.h"
#include "memory/format4.h"
#include "memory/life_impl.h"
#include "memory/views.h"

namespace noema::memory {
namespace {

constexpr const char* kFormat1 = R"sql(
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL, checksum INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE log(position INTEGER PRIMARY KEY, kind TEXT NOT NULL, ref INTEGER NOT NULL, time REAL NOT NULL,
                 checksum INTEGER NOT NULL);
CREATE TABLE episodes(id INTEGER PRIMARY KEY, position INTEGER NOT NULL, time REAL NOT NULL, source TEXT NOT NULL,
                      line INTEGER NOT NULL, group_name TEXT NOT NULL, speaker TEXT, outer_id TEXT, label TEXT,
                      answer TEXT, kind TEXT NOT NULL, text TEXT NOT NULL, attachments BLOB NOT NULL);
CREATE UNIQUE INDEX episodes_outer_id ON episodes(group_name, outer_id) WHERE outer_id IS NOT NULL;
CREATE VIRTUAL TABLE episode_terms USING fts5(terms, group_token, content='', tokenize="unicode61 remove_diacritics 0");
CREATE TABLE thoughts(id INTEGER PRIMARY KEY, position INTEGER NOT NULL, time REAL NOT NULL, kind TEXT NOT NULL,
                      operands TEXT NOT NULL, result_id INTEGER, gain_bits REAL NOT NULL, cost_seconds REAL NOT NULL,
                      candidates INTEGER NOT NULL, evidence TEXT NOT NULL, reason TEXT NOT NULL, details TEXT NOT NULL,
                      after_episode INTEGER NOT NULL, undone_by INTEGER);
CREATE TABLE model(id INTEGER PRIMARY KEY, position INTEGER NOT NULL, time REAL NOT NULL, hash TEXT NOT NULL,
                   content_hash TEXT NOT NULL, bytes INTEGER NOT NULL);
CREATE TABLE model_parts(model_id INTEGER NOT NULL, part INTEGER NOT NULL, bytes BLOB NOT NULL, UNIQUE(model_id, part));
CREATE TABLE concepts(id INTEGER PRIMARY KEY, kind TEXT NOT NULL, label TEXT NOT NULL, parts TEXT NOT NULL,
                      redirect INTEGER, count INTEGER NOT NULL, created_by_thought INTEGER, forms TEXT NOT NULL,
                      follows TEXT NOT NULL, details TEXT NOT NULL, vector BLOB NOT NULL, checksum INTEGER NOT NULL);
CREATE TABLE state(key TEXT PRIMARY KEY, value BLOB NOT NULL, checksum INTEGER NOT NULL);
CREATE TABLE feeds(id INTEGER PRIMARY KEY, content_hash TEXT NOT NULL, source TEXT NOT NULL, format TEXT NOT NULL,
                   group_name TEXT NOT NULL, acknowledged INTEGER NOT NULL, bytes INTEGER NOT NULL,
                   checksum INTEGER NOT NULL);
CREATE VIEW life AS
  SELECT json_extract(t.value, '$.position') AS log_position,
         json_extract(t.value, '$.checkpoint_position') AS checkpoint_position,
         json_extract(t.value, '$.episodes') AS episodes,
         json_extract(t.value, '$.thoughts') AS thoughts,
         json_extract(t.value, '$.undos') AS undos,
         json_extract(t.value, '$.concepts') AS concepts,
         (SELECT value FROM meta WHERE key = 'seed') AS seed,
         (SELECT value FROM meta WHERE key = 'created') AS created,
         (SELECT hash FROM model ORDER BY id DESC LIMIT 1) AS model_hash
  FROM meta t WHERE t.key = 'totals';
CREATE VIEW relations AS
  SELECT c.id AS from_id, CAST(j.key AS INTEGER) AS to_id, 'follows' AS type, j.value AS count
    FROM concepts c, json_each(c.follows) j
  UNION ALL
  SELECT CAST(j.value AS INTEGER), c.id, 'part-of', c.count FROM concepts c, json_each(c.parts) j
  UNION ALL
  SELECT c.id, c.redirect, 'redirect', c.count FROM concepts c WHERE c.redirect IS NOT NULL;
CREATE VIEW forms AS
  SELECT c.id AS concept_id, j.key AS surface, j.value AS count FROM concepts c, json_each(c.forms) j;
)sql";

// Thoughts name their operands, and the concepts they name can be found by an index. Long inputs are stored in pieces.
// The full-text index is made anew: its terms follow from how units are identified.
constexpr const char* kFormat2 = R"sql(
CREATE TABLE thought_concepts(thought INTEGER NOT NULL, concept INTEGER NOT NULL, role TEXT NOT NULL,
                              PRIMARY KEY(thought, concept, role)) WITHOUT ROWID;
CREATE INDEX thought_concepts_concept ON thought_concepts(concept, thought);
CREATE INDEX thoughts_kind ON thoughts(kind, id);
CREATE INDEX concepts_label ON concepts(label);
ALTER TABLE episodes ADD COLUMN part INTEGER NOT NULL DEFAULT 0;
ALTER TABLE episodes ADD COLUMN begins_at INTEGER;
CREATE INDEX episodes_begins_at ON episodes(begins_at) WHERE begins_at IS NOT NULL;
ALTER TABLE feeds ADD COLUMN pieces INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN begins_at INTEGER;
DROP TABLE episode_terms;
CREATE VIRTUAL TABLE episode_terms USING fts5(terms, group_token, content='', tokenize="unicode61 remove_diacritics 0");
)sql";

void convert_to_format2(Database& database) {
  name_operands(database);
  index_episodes(database, "episode_terms");
}

// A file that is fed again is found among any number of feeds.
constexpr const char* kFormat3 = R"sql(
CREATE INDEX feeds_content ON feeds(content_hash);
CREATE INDEX feeds_length ON feeds(format, group_name, acknowledged);
)sql";

/// What is there keeps the rule that it was taken in by.
void convert_to_format3(Database& database) {
  write_meta(database, "case_folded_until",
             std::to_string(database.integer("SELECT coalesce(max(position), 0) FROM log")));
}

// The graph can be asked: forms and relations have tables and indexes of their own, mentions an index, and what is
// known to be so has tables. The views over all of it are new.
constexpr const char* kFormat4 = R"sql(
DROP VIEW life;
DROP VIEW relations;
DROP VIEW forms;
DROP INDEX concepts_label;
ALTER TABLE concepts RENAME TO concepts_of_format3;
CREATE TABLE concepts(id INTEGER PRIMARY KEY, kind TEXT NOT NULL, label TEXT NOT NULL, count INTEGER NOT NULL,
                      created_by_thought INTEGER, details TEXT NOT NULL, vector BLOB NOT NULL, checksum INTEGER NOT NULL);
CREATE INDEX concepts_label ON concepts(label);
CREATE INDEX concepts_kind ON concepts(kind) WHERE kind <> 'sense';
CREATE TABLE forms(concept_id INTEGER NOT NULL, surface TEXT NOT NULL, count INTEGER NOT NULL,
                   PRIMARY KEY(concept_id, surface)) WITHOUT ROWID;
CREATE INDEX forms_surface ON forms(surface);
CREATE TABLE relations(from_id INTEGER NOT NULL, type TEXT NOT NULL, to_id INTEGER NOT NULL, place INTEGER NOT NULL,
                       count INTEGER, PRIMARY KEY(from_id, type, to_id, place)) WITHOUT ROWID;
CREATE INDEX relations_to ON relations(to_id, type);
CREATE VIRTUAL TABLE mention_index USING fts5(concepts, content='', columnsize=0, tokenize='ascii');
CREATE VIRTUAL TABLE mention_places USING fts5vocab('mention_index', 'instance');
CREATE TABLE facts(subject TEXT NOT NULL, relation TEXT NOT NULL, value TEXT NOT NULL, since_episode INTEGER NOT NULL,
                   until_episode INTEGER, told TEXT NOT NULL,
                   PRIMARY KEY(subject, relation, since_episode, value)) WITHOUT ROWID;
CREATE INDEX facts_value ON facts(value);
CREATE INDEX facts_relation ON facts(relation);
CREATE TABLE rules(id INTEGER PRIMARY KEY, rule TEXT NOT NULL, path TEXT NOT NULL, holds INTEGER NOT NULL,
                   fails INTEGER NOT NULL);
)sql";

void convert_to_format4(Database& database) {
  move_concepts_into_tables(database);
  database.execute(kViewsOfFormat4);
}

// Inputs may be images.
constexpr const char* kFormat5 = R"sql(
ALTER TABLE episodes ADD COLUMN image BLOB;
)sql";

// The words that facts are made of stand in a table of their own, and facts name them by number: a relation's were
// stored thrice in each of its rows and indexes. A fact that one input told does not list it again.
constexpr const char* kFormat6 = R"sql(
DROP VIEW fact;
DROP INDEX facts_value;
DROP INDEX facts_relation;
ALTER TABLE facts RENAME TO facts_of_format5;
CREATE TABLE fact_terms(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE facts(subject_id INTEGER NOT NULL, relation_id INTEGER NOT NULL, value_id INTEGER NOT NULL,
                   since_episode INTEGER NOT NULL, until_episode INTEGER, told TEXT,
                   PRIMARY KEY(subject_id, relation_id, since_episode, value_id)) WITHOUT ROWID;
CREATE INDEX facts_value ON facts(value_id);
CREATE INDEX facts_relation ON facts(relation_id);
INSERT INTO fact_terms(text)
  SELECT subject FROM facts_of_format5 UNION SELECT relation FROM facts_of_format5 UNION SELECT value FROM facts_of_format5;
INSERT INTO facts(subject_id, relation_id, value_id, since_episode, until_episode, told)
  SELECT (SELECT id FROM fact_terms WHERE text = subject), (SELECT id FROM fact_terms WHERE text = relation),
         (SELECT id FROM fact_terms WHERE text = value), since_episode, until_episode,
         nullif(told, '[' || since_episode || ']')
  FROM facts_of_format5;
DROP TABLE facts_of_format5;
)sql";

void convert_to_format6(Database& database) { database.execute(kFactViewOfFormat6); }

constexpr std::array<Migration, 6> kMigrations = {{{1, kFormat1},
                                                   {2, kFormat2, convert_to_format2},
                                                   {3, kFormat3, convert_to_format3},
                                                   {4, kFormat4, convert_to_format4},
                                                   {5, kFormat5},
                                                   {6, kFormat6, convert_to_format6}}};
static_assert(kMigrations.back().to == kFormat);

}  // namespace

std::span<const Migration> migrations() { return kMigrations; }

int format_of(Database& database) { return static_cast<int>(database.integer("PRAGMA user_version")); }

std::optional<std::string> first_schema_difference(Database& database) {
  constexpr const char* kSql = "SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema ORDER BY 1";
  Database fresh(":memory:", OpenMode::kCreate, 0);
  migrate(fresh, migrations());
  Statement expected(fresh, kSql);
  Statement found(database, kSql);
  for (;;) {
    const bool more = expected.step();
    if (more != found.step()) return "a table, index or view is missing, or there is one too many";
    if (!more) return std::nullopt;
    if (expected.text(0) != found.text(0))
      return std::string(expected.text(0)) + " was expected, found " + std::string(found.text(0));
    if (expected.text(1) != found.text(1)) return std::string(found.text(0)) + " is not as it was made";
  }
}

void refuse_newer(Database& database, std::span<const Migration> ladder) {
  const int format = format_of(database);
  const int top = ladder.back().to;
  if (format <= top) return;
  throw base::Error(database.name() + ": made by a newer noema (format " + std::to_string(format) +
                    ", this one reads up to " + std::to_string(top) + "); use that version, or a backup from before");
}

void migrate(Database& database, std::span<const Migration> ladder) {
  refuse_newer(database, ladder);
  if (format_of(database) == ladder.back().to) return;
  Transaction transaction(database);
  for (const Migration& rung : ladder) {
    if (rung.to <= format_of(database)) continue;
    base::check(rung.to == format_of(database) + 1, "the migration ladder has no gaps");
    database.execute(rung.sql);
    if (rung.convert) rung.convert(database);
    database.execute("PRAGMA user_version = " + std::to_string(rung.to));
  }
  database.execute("PRAGMA application_id = " + std::to_string(kApplicationId));
  transaction.commit();
}

}  // namespace noema::memory
