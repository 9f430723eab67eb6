#include "memory/fact_table.h"

#include "memory/schema.h"
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
      "SELECT text FROM fact_terms WHERE id = new.subject_id; END");
  put_facts(database, {{"ann", "X is Y", "old", 1, 0, {1}}, {"bob", "X is Y", "old", 1, 0, {1, 2}}});
  CHECK(database.text("SELECT group_concat(n) FROM written") == "bob");
}

TEST_CASE("words of facts are stored once, and those that no fact has any more are forgotten") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  life.put_known({{"ann", "X is Y", "old", 1, 0, {1}}, {"bob", "X is Y", "old", 1, 0, {1, 2}}}, {});
  life.commit();
  Database database(folder / "a.life", OpenMode::kReadOnly, 1);
  CHECK(database.text("SELECT group_concat(text, '|') FROM (SELECT text FROM fact_terms ORDER BY text)") ==
        "X is Y|ann|bob|old");
  CHECK(database.text(
            "SELECT group_concat(subject || told || times_told, ' ') FROM (SELECT * FROM fact ORDER BY subject)") ==
        "ann[1]1 bob[1,2]2");
  life.put_known({{"bob", "X is Y", "new", 3, 0, {3}}}, {});
  life.commit();
  CHECK(life.check().empty());
  CHECK(database.text("SELECT group_concat(text, '|') FROM (SELECT text FROM fact_terms ORDER BY text)") ==
        "X is Y|bob|new");
}

TEST_CASE("facts of format 5 are brought up to date as they were") {
  Database database(":memory:", OpenMode::kCreate, 0);
  migrate(database, migrations().first(5));
  database.execute(
      "INSERT INTO facts(subject, relation, value, since_episode, until_episode, told) VALUES"
      "('ann', 'X is Y', 'old', 1, 3, '[1]'), ('ann', 'X is Y', 'new', 3, NULL, '[3,4]'), "
      "('old', 'X is Y', 'ann', 5, NULL, '[5]')");
  const char* rows =
      "SELECT group_concat(subject || relation || value || since_episode || coalesce(until_episode, '-') || "
      "times_told || told, ' ') FROM (SELECT * FROM fact ORDER BY since_episode)";
  const std::string before = database.text(rows);
  migrate(database, migrations());
  CHECK(database.text(rows) == before);
  CHECK(database.integer("SELECT count(*) FROM fact_terms") == 4);
  CHECK(database.integer("SELECT count(*) FROM facts WHERE told IS NULL") == 2);
}

TEST_CASE("facts of one subject or value are found by an index") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  Database database(folder / "a.life", OpenMode::kReadOnly, 1);
  for (const char* column : {"subject", "value", "relation"}) {
    Statement plan(database, std::string("EXPLAIN QUERY PLAN SELECT * FROM fact WHERE ") + column + " = 'ann'");
    while (plan.step()) CHECK(std::string(plan.text(3)).find("SCAN f") == std::string::npos);
  }
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
                      "fact") == "ann old 3, bob old -, eve new -");
  CHECK(database.integer("SELECT count(*) FROM rules") == 0);
  life.put_known({}, {}, {{"ann"}});
  life.commit();
  CHECK(life.check().empty());
  CHECK(database.text("SELECT group_concat(subject) FROM fact") == "bob,eve");
}

}  // namespace noema::memory
