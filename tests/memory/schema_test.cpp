#include "memory/schema.h"

#include <array>

#include "memory/search_terms.h"
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

TEST_CASE("what a life of format 2 holds keeps its rule, and what comes after is folded by the present one") {
  TempFolder folder;
  base::Segmenter segmenter;
  const std::string text = "ＡＢＣ und Cafe\u0301";
  {
    Life life = Life::create(folder / "a.life", small_options());
    for (int i = 0; i < 3; ++i)
      life.append(episode_row(text), search_terms(segmenter, text, base::IdentityRule::kCaseFolded));
    life.commit();
  }
  {
    Database database(folder / "a.life", OpenMode::kReadWrite, 1);
    make_format3(database);
    database.execute(
        "DELETE FROM meta WHERE key = 'case_folded_until'; DROP INDEX feeds_content; DROP INDEX feeds_length; PRAGMA "
        "user_version = 2");
  }
  CHECK(Life::open(folder / "a.life", Access::kRead).check().empty());
  Life life = Life::open(folder / "a.life", Access::kWrite);
  CHECK(life.episodes().rule_at(3) == base::IdentityRule::kCaseFolded);
  CHECK(life.episodes().rule_at(4) == base::kPresentRule);
  life.append(episode_row(text), search_terms(segmenter, text));
  life.commit();
  CHECK(life.check().empty());
  CHECK(life.episodes().search({"abc"}, 9).size() == 1);
  CHECK(life.episodes().search({"ａｂｃ"}, 9).size() == 3);
}

TEST_CASE("a new life is folded by the present rule from its first row on") {
  TempFolder folder;
  const Life life = Life::create(folder / "a.life", small_options());
  CHECK(life.episodes().rule_at(1) == base::kPresentRule);
}

TEST_CASE("a life that does not say how its rows are folded is damaged") {
  TempFolder folder;
  { Life life = Life::create(folder / "a.life", small_options()); }
  Database(folder / "a.life", OpenMode::kReadWrite, 1).execute("DELETE FROM meta WHERE key = 'case_folded_until'");
  CHECK_THAT(error_of([&] { Life::open(folder / "a.life", Access::kRead); }), Catch::Contains("case_folded_until"));
}

TEST_CASE("the ladder ends at the format that this code writes") { CHECK(migrations().back().to == kFormat); }

}  // namespace noema::memory
