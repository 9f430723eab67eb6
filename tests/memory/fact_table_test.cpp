#include "memory/fact_table.h"

#include "tests/memory/support.h"

namespace noema::memory {

TEST_CASE("facts and rules are kept as they are now, and found by subject and value") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  for (const char* text : {"ann lives in paris", "ann lives in rome", "bob lives in rome"}) append_text(life, text);
  life.put_known({{"ann", "X lives in Y", "paris", 1, 0, {1}}}, {});
  life.commit();
  life.put_known({{"bob", "X lives in Y", "rome", 3, 0, {3}},
                  {"ann", "X lives in Y", "rome", 2, 0, {2}},
                  {"ann", "X lives in Y", "paris", 1, 2, {1}}},
                 {{"X eats Y", {"X cooks Z", "Z is Y"}, 7, 1}});
  life.commit();
  CHECK(life.check().empty());
  Database database(folder / "a.life", OpenMode::kReadOnly, 1);
  CHECK(database.text("SELECT group_concat(subject || ' ' || value || ' ' || since_episode || ' ' || "
                      "coalesce(until_episode, '-') || ' ' || times_told, ', ') FROM fact") ==
        "ann paris 1 2 1, ann rome 2 - 1, bob rome 3 - 1");
  CHECK(database.text("SELECT since FROM fact WHERE value = 'paris'") == "1970-01-01T00:00:12+00:00");
  CHECK(database.text("SELECT rule || ': ' || path || ' ' || holds || ' ' || fails FROM rule") ==
        "X eats Y: X cooks Z and Z is Y 7 1");
  life.put_known({}, {});
  life.commit();
  CHECK(life.check().empty());
  CHECK(database.integer("SELECT count(*) FROM fact") == 0);
}

TEST_CASE("of facts that are written again only what differs is written") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  life.put_known({{"ann", "X is Y", "old", 1, 0, {1}}, {"bob", "X is Y", "old", 1, 0, {1}}}, {});
  life.commit();
  Database database(folder / "a.life", OpenMode::kReadWrite, 1);
  database.execute(
      "CREATE TABLE written(n); CREATE TRIGGER t AFTER INSERT ON facts BEGIN INSERT INTO written "
      "VALUES(new.subject); END");
  put_facts(database, {{"ann", "X is Y", "old", 1, 0, {1}}, {"bob", "X is Y", "old", 1, 0, {1, 2}}});
  CHECK(database.text("SELECT group_concat(n) FROM written") == "bob");
}

TEST_CASE("the facts of some subjects are written, those of others stay, and the digest goes with them") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  life.put_known({{"ann", "X is Y", "old", 1, 0, {1}}, {"bob", "X is Y", "old", 1, 0, {1}}},
                 {{"X eats Y", {"X cooks Z", "Z is Y"}, 7, 1}});
  life.commit();
  life.put_known({{"eve", "X is Y", "new", 3, 0, {3}}, {"ann", "X is Y", "old", 1, 3, {1}}}, {}, {{"ann", "eve"}});
  life.commit();
  CHECK(life.check().empty());
  Database database(folder / "a.life", OpenMode::kReadOnly, 1);
  CHECK(database.text("SELECT group_concat(subject || ' ' || value || ' ' || coalesce(until_episode, '-'), ', ') FROM "
                      "facts") == "ann old 3, bob old -, eve new -");
  CHECK(database.integer("SELECT count(*) FROM rules") == 0);
  life.put_known({}, {}, {{"ann"}});
  life.commit();
  CHECK(life.check().empty());
  CHECK(database.text("SELECT group_concat(subject) FROM facts") == "bob,eve");
}

}  // namespace noema::memory
