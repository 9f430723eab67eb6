#include "memory/schema.h"

#include <array>

#include "tests/memory/support.h"

namespace noema::memory {
namespace {

constexpr std::array<Migration, 2> kLadder = {
    {{1, "CREATE TABLE a(x); INSERT INTO a VALUES(1)"}, {2, "ALTER TABLE a ADD COLUMN y DEFAULT 2"}}};

}  // namespace

TEST_CASE("an older file climbs the rungs it lacks and keeps its rows") {
  TempFolder folder;
  Database database(folder / "a.db", OpenMode::kCreate, 1);
  migrate(database, std::span(kLadder).first(1));
  CHECK(format_of(database) == 1);
  database.execute("INSERT INTO a VALUES(5)");
  migrate(database, kLadder);
  CHECK(format_of(database) == 2);
  CHECK(database.integer("SELECT sum(x) * 10 + max(y) FROM a") == 62);
  migrate(database, kLadder);
  CHECK(database.integer("SELECT count(*) FROM a") == 2);
}

TEST_CASE("a rung that fails leaves the file as it was") {
  TempFolder folder;
  Database database(folder / "a.db", OpenMode::kCreate, 1);
  migrate(database, std::span(kLadder).first(1));
  constexpr std::array<Migration, 3> kBroken = {{kLadder[0], kLadder[1], {3, "CREATE TABLE a(again)"}}};
  CHECK_THROWS_AS(migrate(database, kBroken), base::Error);
  CHECK(format_of(database) == 1);
  CHECK_THROWS_AS(database.integer("SELECT y FROM a"), base::Error);
}

TEST_CASE("a newer file is refused with both formats") {
  TempFolder folder;
  Database database(folder / "a.db", OpenMode::kCreate, 1);
  database.execute("PRAGMA user_version = 7");
  CHECK_THAT(error_of([&] { migrate(database, kLadder); }),
             Catch::Contains("made by a newer noema (format 7, this one reads up to 2)"));
}

TEST_CASE("the ladder ends at the format that this code writes") { CHECK(migrations().back().to == kFormat); }

}  // namespace noema::memory
