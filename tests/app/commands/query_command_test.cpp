#include <catch2/catch.hpp>

#include "tests/app/small_life.h"

using namespace noema::tests;

namespace {

/// A life on disk that was told three lines; nobody has it open.
struct AskedInSql : SmallLife {
  AskedInSql() : SmallLife({"Ann lives in Oslo", "a \"b\", c", "道可道非常道"}) {
    mind->checkpoint();
    mind.reset();
  }
  Outcome query(const std::string& sql, const std::vector<std::string>& options = {}) const {
    std::vector<std::string> arguments{"query", path, sql};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return run_noema(arguments);
  }
};

constexpr const char* kTold = "SELECT id, text, speaker FROM episode ORDER BY id";

}  // namespace

TEST_CASE("query prints a table for people, an object a row as JSON, and CSV that a spreadsheet reads") {
  const AskedInSql life;
  CHECK(life.query(kTold).out ==
        "id  text               speaker\n 1  Ann lives in Oslo\n 2  a \"b\", c\n 3  道可道非常道\n");
  CHECK(life.query(kTold, {"--json"}).out ==
        "{\"id\":1,\"text\":\"Ann lives in Oslo\",\"speaker\":null}\n{\"id\":2,\"text\":\"a \\\"b\\\", c\",\"speaker\":"
        "null}\n{\"id\":3,\"text\":\"道可道非常道\",\"speaker\":null}\n");
  CHECK(life.query(kTold, {"--csv"}).out ==
        "id,text,speaker\n1,Ann lives in Oslo,\n2,\"a \"\"b\"\", c\",\n3,道可道非常道,\n");
}

TEST_CASE("an answer without rows says so to people, keeps the columns in CSV, and is no object as JSON") {
  const AskedInSql life;
  const std::string nothing = "SELECT id, text FROM episode WHERE id > 7";
  CHECK(life.query(nothing).out == "No rows.\n");
  CHECK(life.query(nothing, {"--csv"}).out == "id,text\n");
  const auto as_json = life.query(nothing, {"--json"});
  CHECK(as_json.out.empty());
  CHECK(as_json.status == 0);
}

TEST_CASE("an answer that is cut says so beside it, unless nobody wants remarks") {
  const AskedInSql life;
  const auto cut = life.query(kTold, {"--rows", "2", "--json"});
  CHECK(cut.status == 0);
  CHECK(cut.json().size() == 2);
  CHECK(cut.err == "These are the first 2 rows; there are more: narrow the query, or give --rows\n");
  CHECK(life.query(kTold, {"--rows", "2", "--quiet"}).err.empty());
  CHECK(life.query(kTold, {"--rows", "3"}).err.empty());
}

TEST_CASE("query only reads, in time, and says what it could not do") {
  const AskedInSql life;
  check_complaint(life.query("DELETE FROM concepts"), 1, "a query only reads");
  check_complaint(life.query("ATTACH '/tmp/x' AS x"), 1, "a query only reads");
  check_complaint(life.query("SELEC"), 1, "near \"SELEC\": syntax error at byte 0");
  check_complaint(life.query("SELECT 1; SELECT 2"), 1, "more than one statement");
  check_complaint(life.query("SELECT \xff"), 1, "no such column");
  check_complaint(life.query(""), 1, "the query is empty");
  const std::string endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
  check_complaint(life.query(endless, {"--seconds", "0.1"}), 1, "took longer than");
  check_complaint(life.query(kTold, {"--csv", "--json"}), 2, "exclude each other");
  for (const char* number : {"0", "-1", "nan"}) {
    check_complaint(life.query(kTold, {"--rows", number}), 2, "--rows: expected");
    check_complaint(life.query(kTold, {"--seconds", number}), 2, "--seconds: expected");
  }
  check_complaint(run_noema({"query", life.work.file("none.life"), "SELECT 1"}), 1, "none.life: there is no such life");
  CHECK(life.query("SELECT count(*) AS n FROM episode", {"--json"}).out == "{\"n\":3}\n");
}
