#include "memory/query.h"

#include <fstream>

#include "base/stop.h"
#include "tests/memory/support.h"

namespace noema::memory {
namespace {

struct Asked {
  TempFolder folder;
  std::filesystem::path path = folder / "a.life";
  Asked() {
    Life life = Life::create(path, small_options());
    append_text(life, "new york");
    life.write_checkpoint(1, [](CheckpointWriter& writer) {
      writer.put(concept_row(1, "new"));
      writer.put(concept_row(2, "york"));
    });
  }
  std::string refused(const std::string& sql) const {
    return error_of([&] { query(path, sql); });
  }
};

}  // namespace

TEST_CASE("a query gives typed rows, and a name to each column") {
  const Asked asked;
  const QueryAnswer answer =
      query(asked.path, "SELECT id, label, label, NULL AS absent, 0.5 AS half, x'00ff' AS bytes FROM concept; -- so");
  CHECK(answer.columns == std::vector<std::string>{"id", "label", "label_2", "absent", "half", "bytes"});
  REQUIRE(answer.rows.size() == 2);
  CHECK(answer.rows[1] == std::vector<QueryCell>{std::int64_t{2}, "york", "york", std::monostate{}, 0.5,
                                                 QueryBytes{std::string("\0\xff", 2)}});
  CHECK_FALSE(answer.is_cut);
  CHECK(query(asked.path, "SELECT episode_id FROM mention WHERE concept_id = 1").rows.size() == 1);
  CHECK(query(asked.path, "SELECT rowid FROM episode_terms WHERE episode_terms MATCH 'york'").rows.size() == 1);
  CHECK(query(asked.path, "SELECT name FROM pragma_table_info('concepts')").rows.size() == 8);
  CHECK(query(asked.path, "PRAGMA user_version").rows.size() == 1);
  CHECK(query(asked.path, "EXPLAIN QUERY PLAN SELECT * FROM relation WHERE from_id = 1").rows.size() > 0);
}

TEST_CASE("parameters are bound, whatever stands in them") {
  const Asked asked;
  const auto with = [&](const std::string& sql, const QueryParameters& parameters) {
    return query(asked.path, sql, {}, parameters).rows;
  };
  CHECK(with("SELECT id FROM concept WHERE label = $word", {{"word", "york"}}).size() == 1);
  CHECK(with("SELECT id FROM concept WHERE label = $word", {{"word", "' OR 1 --"}}).empty());
  CHECK(with("SELECT $a, :b, @c, $a, $d, $e",
             {{"a", std::int64_t{1}}, {"b", 0.5}, {"c", std::monostate{}}, {"d", QueryBytes{"x"}}, {"e", "y"}})[0] ==
        std::vector<QueryCell>{std::int64_t{1}, 0.5, std::monostate{}, std::int64_t{1}, QueryBytes{"x"}, "y"});
  CHECK_THAT(error_of([&] { with("SELECT $word", {}); }), Catch::Contains("$word has no value"));
  CHECK_THAT(error_of([&] { with("SELECT ?", {}); }), Catch::Contains("? has no value"));
  CHECK_THAT(error_of([&] { with("SELECT 1", {{"word", "york"}}); }), Catch::Contains("has no parameter $word"));
}

TEST_CASE("what would write, attach, load or change anything is refused in words, and the file stays as it was") {
  const Asked asked;
  const auto would = [&](const std::string& sql) {
    const std::string error = asked.refused(sql);
    const std::string begin = "a query only reads, but this one would ";
    INFO(sql << ": " << error);
    CHECK(error.starts_with(begin));
    return error.substr(begin.size(), error.find(';') - begin.size());
  };
  CHECK(would("DELETE FROM concepts") == "write to concepts");
  CHECK(would("UPDATE concepts SET count = 1") == "write to concepts");
  CHECK(would("INSERT INTO forms VALUES(1, 'a', 1)") == "write to forms");
  CHECK(would("WITH a AS (SELECT 1) INSERT INTO forms SELECT 1, 'a', 1 FROM a") == "write to forms");
  CHECK(would("INSERT INTO mention_index(mention_index) VALUES('rebuild')") == "write to mention_index");
  CHECK(would("DROP TABLE concepts") == "change the tables of the file");
  CHECK(would("CREATE TABLE more(a)") == "change the tables of the file");
  CHECK(would("CREATE TEMP TABLE more(a)") == "change the tables of the file");
  CHECK(would("CREATE TEMP VIEW more AS SELECT 1") == "change the tables of the file");
  CHECK(would("CREATE VIRTUAL TABLE more USING fts5(a)") == "change the tables of the file");
  CHECK(would("ALTER TABLE concepts ADD COLUMN a") == "change the tables of the file");
  CHECK(would("ANALYZE") == "change the tables of the file");
  CHECK(would("REINDEX") == "change the tables of the file");
  CHECK(would("ATTACH '/tmp/other.db' AS other") == "attach another file");
  CHECK(would("ATTACH ':memory:' AS other") == "attach another file");
  CHECK(would("VACUUM INTO '/tmp/other.db'") == "write");
  CHECK(would("SELECT load_extension('x.so')") == "load an extension");
  CHECK(would("BEGIN") == "open a transaction");
  CHECK(would("SAVEPOINT a") == "open a transaction");
  CHECK(would("PRAGMA journal_mode = DELETE") == "use the pragma journal_mode");
  CHECK(would("PRAGMA writable_schema = 1") == "use the pragma writable_schema");
  CHECK(would("PRAGMA user_version = 9") == "use the pragma user_version");
  CHECK(would("PRAGMA wal_checkpoint(TRUNCATE)") == "use the pragma wal_checkpoint");
  CHECK(Life::open(asked.path, Access::kRead).check().empty());
}

TEST_CASE("what is no statement, or several, is refused in words") {
  const Asked asked;
  CHECK_THAT(asked.refused("SELECT 1; DELETE FROM concepts"), Catch::Contains("more than one statement"));
  CHECK_THAT(asked.refused("SELECT 1; SELECT 2"), Catch::Contains("more than one statement"));
  CHECK_THAT(asked.refused("SELEC 1"), Catch::Contains("near \"SELEC\"") && Catch::Contains("at byte 0"));
  CHECK_THAT(asked.refused("SELECT x FROM concept"), Catch::Contains("no such column: x"));
  CHECK_THAT(asked.refused("SELECT id FROM concept WHERE label = \"new\""), Catch::Contains("no such column: new"));
  CHECK_THAT(asked.refused("  -- nothing\n"), Catch::Contains("the query is empty"));
  CHECK_THAT(asked.refused(""), Catch::Contains("the query is empty"));
  CHECK_THAT(asked.refused("SELECT zeroblob(100000000)"), Catch::Contains("too big"));
}

TEST_CASE("a query keeps to its limits of rows, bytes and time, and says what it cut") {
  const Asked asked;
  const std::string numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) ";
  QueryLimits limits;
  limits.rows = 3;
  const QueryAnswer three = query(asked.path, numbers + "SELECT i FROM n", limits);
  CHECK(three.rows.size() == 3);
  CHECK(three.is_cut);
  CHECK_FALSE(query(asked.path, numbers + "SELECT i FROM n LIMIT 3", limits).is_cut);
  limits.rows = 1000;
  limits.bytes = 100000;
  CHECK(query(asked.path, numbers + "SELECT zeroblob(10000) FROM n", limits).rows.size() < 12);
  limits.seconds = 0.05;
  CHECK_THAT(error_of([&] { query(asked.path, numbers + "SELECT count(*) FROM n", limits); }),
             Catch::Contains("took longer than 0.05 seconds"));
  limits.seconds = 1000;
  std::stop_source stop;
  stop.request_stop();
  limits.stop = stop.get_token();
  CHECK_THROWS_AS(query(asked.path, numbers + "SELECT count(*) FROM n", limits), base::Interrupted);
}

TEST_CASE("what is no life is not queried") {
  TempFolder folder;
  CHECK_THAT(error_of([&] { query(folder / "none.life", "SELECT 1"); }), Catch::Contains("none.life"));
  std::ofstream(folder / "text") << "no life at all, but some text that is long enough to be one";
  CHECK_THAT(error_of([&] { query(folder / "text", "SELECT 1"); }), Catch::Contains("text"));
}

TEST_CASE("a query reads beside a writer what is committed") {
  const Asked asked;
  Life writer = Life::open(asked.path, Access::kWrite);
  append_text(writer, "not yet");
  CHECK(std::get<std::int64_t>(query(asked.path, "SELECT count(*) FROM episode").rows[0][0]) == 1);
  writer.commit();
  CHECK(std::get<std::int64_t>(query(asked.path, "SELECT count(*) FROM episode").rows[0][0]) == 2);
}

}  // namespace noema::memory
