#include "memory/database.h"

#include "tests/memory/support.h"

namespace noema::memory {

TEST_CASE("values come back as they were bound") {
  TempFolder folder;
  Database database(folder / "a.db", OpenMode::kCreate, 1);
  database.execute("CREATE TABLE t(a, b, c, d, e)");
  const std::string bytes("\0\1\xff", 3);
  database.use("INSERT INTO t VALUES(?, ?, ?, ?, ?)")
      ->bind_all(std::int64_t{-5}, 0.5, "道", Blob{bytes}, std::optional<std::string>())
      .run();
  auto row = database.use("SELECT * FROM t");
  REQUIRE(row->step());
  CHECK(row->integer(0) == -5);
  CHECK(row->real(1) == 0.5);
  CHECK(row->text(2) == "道");
  CHECK(row->blob(3) == bytes);
  CHECK(row->is_null(4));
  CHECK_FALSE(row->optional_text(4));
  CHECK_FALSE(row->step());
}

TEST_CASE("an empty text is not NULL") {
  TempFolder folder;
  Database database(folder / "a.db", OpenMode::kCreate, 1);
  database.execute("CREATE TABLE t(a NOT NULL, b NOT NULL)");
  database.use("INSERT INTO t VALUES(?, ?)")->bind_all(std::string_view(), Blob{std::string_view()}).run();
  CHECK(database.integer("SELECT count(*) FROM t") == 1);
}

TEST_CASE("a transaction that is not committed is rolled back") {
  TempFolder folder;
  Database database(folder / "a.db", OpenMode::kCreate, 1);
  database.execute("CREATE TABLE t(a)");
  {
    Transaction transaction(database);
    database.execute("INSERT INTO t VALUES(1)");
  }
  CHECK(database.integer("SELECT count(*) FROM t") == 0);
  {
    Transaction transaction(database);
    database.execute("INSERT INTO t VALUES(1)");
    transaction.commit();
  }
  CHECK(database.integer("SELECT count(*) FROM t") == 1);
}

TEST_CASE("a refused duplicate is told from other failures") {
  TempFolder folder;
  Database database(folder / "a.db", OpenMode::kCreate, 1);
  database.execute("CREATE TABLE t(a UNIQUE); INSERT INTO t VALUES(1)");
  CHECK_THROWS_AS(database.execute("INSERT INTO t VALUES(1)"), UniqueError);
  CHECK_THROWS_AS(database.execute("INSERT INTO nowhere VALUES(1)"), base::Error);
}

TEST_CASE("a database held by another connection is named") {
  TempFolder folder;
  Database one(folder / "a.db", OpenMode::kCreate, 0);
  one.execute("CREATE TABLE t(a)");
  Database two(folder / "a.db", OpenMode::kReadWrite, 0);
  Transaction held(one);
  CHECK_THAT(error_of([&] { Transaction other(two); }), Catch::Contains("a.db: another program held the database"));
}

TEST_CASE("a path with characters of a URI opens as immutable too") {
  TempFolder folder;
  const auto path = folder / "a%20b?c#d.db";
  Database(path, OpenMode::kCreate, 1).execute("CREATE TABLE t(a)");
  Database database(path, OpenMode::kImmutable, 1);
  CHECK(database.integer("SELECT count(*) FROM t") == 0);
}

}  // namespace noema::memory
