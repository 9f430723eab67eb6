#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>

#include "app/actions/recall.h"
#include "app/actions/senses.h"
#include "app/actions/similar.h"
#include "app/actions/spread.h"
#include "app/actions/way.h"
#include "base/files.h"
#include "tests/app/knowing_life.h"
#include "tests/app/sql/client.h"

// What a client of SQLite sees that loads build/release/noema_sql.so.

using namespace noema;
using tests::Client;
using Row = Client::Row;

namespace {

[[maybe_unused]] std::string printed_by(const std::string& command, const tests::Workplace& work) {
  const std::string out = work.file("printed");
  INFO(command);
  const int status = std::system((command + " > " + out + " 2>&1").c_str());
  const std::string text = base::read_file(out);
  INFO(text);
  CHECK(status == 0);
  return text;
}

}  // namespace

TEST_CASE("each function of the extension gives what the action of its command gives", "[sql]") {
  Client client(tests::knowing_life());
  const tests::KnownWords known;
  const auto near = app::similar_by_company(known.life, "crane", 4);
  const auto rows = client.ask("SELECT label, score FROM noema_similar('crane', 4)");
  CHECK(client.error().empty());
  REQUIRE(rows.size() == near->size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CHECK(rows[i][0] == near->at(i).found.label);
    CHECK(std::stod(rows[i][1]) == Approx(near->at(i).score));
  }

  app::SenseTeller teller(known.life, known.words, 1);
  const auto senses = client.ask("SELECT sense, label, count, json_array_length(examples) FROM noema_senses('crane')");
  const auto expected = teller.senses("crane");
  REQUIRE(senses.size() == expected.size());
  CHECK(senses[0] ==
        Row{"1", expected[0].label, std::to_string(expected[0].count), std::to_string(expected[0].examples.size())});
  const auto here = client.ask("SELECT sense, start FROM noema_senses('crane', 'the wild crane nests')");
  REQUIRE(here.size() == 1);
  CHECK(here[0][1] == "9");

  reasoning::Mind mind(app::open_to_read(tests::knowing_life()));
  const auto recalled = app::recall(mind, {"the wild zebra", 2});
  const auto hits = client.ask(
      "SELECT rank, episode, times, json_array_length(via), \"group\" FROM noema_recall('the wild zebra', 2)");
  REQUIRE(hits.size() == recalled.hits.size());
  CHECK(hits[0] == Row{"1", std::to_string(recalled.hits[0].input.episode), std::to_string(recalled.hits[0].times),
                       std::to_string(recalled.hits[0].via.size()), recalled.hits[0].input.group});

  const auto active = app::spread(mind.view(), "zebra", 2, 1000);
  const auto spread = client.ask("SELECT id, label, kind FROM noema_spread('zebra', 2)");
  REQUIRE(spread.size() == active.size());
  CHECK(spread[0] == Row{std::to_string(active[0].itself.id), active[0].itself.label, active[0].kind});

  const auto way = app::way_between(mind.view(), "zebra", "motor");
  const auto path = client.ask("SELECT step, label, role FROM noema_path('zebra', 'motor')");
  REQUIRE(path.size() == way.size());
  CHECK(path.front() == Row{"1", "zebra", "NULL"});
  CHECK(path.back()[1] == "motor");
}

TEST_CASE("the functions join with the views, and take their arguments from them", "[sql]") {
  Client client(tests::knowing_life());
  const auto rows = client.ask(
      "SELECT c.label, s.label FROM concept c, noema_similar(c.label, 2) s WHERE c.label IN ('dog', 'saw') AND "
      "c.kind = 'sense' ORDER BY c.label, s.score DESC");
  CHECK(client.error().empty());
  REQUIRE(rows.size() == 4);
  CHECK(rows[0][0] == "dog");
  CHECK(client.ask("SELECT k, word FROM noema_similar WHERE word = 'dog' LIMIT 1") == std::vector<Row>{{"10", "dog"}});
  CHECK(client.ask("SELECT 1 FROM noema_similar('dog', 3) a JOIN noema_similar('dog', 3) b USING (label)").size() == 3);
}

TEST_CASE("hostile arguments are refused in words, and NULL gives no rows", "[sql]") {
  Client client(tests::knowing_life());
  using Catch::Contains;
  CHECK_THAT(client.refused("SELECT * FROM noema_similar('cran', 3)"),
             Contains("noema_similar: ") && Contains("'cran'") && Contains("did you mean crane?"));
  CHECK_THAT(client.refused("SELECT * FROM noema_similar('crane', -1)"), Contains("k: expected a whole number from 1"));
  CHECK_THAT(client.refused("SELECT * FROM noema_similar('crane', 1.5)"), Contains("found 1.5"));
  CHECK_THAT(client.refused("SELECT * FROM noema_similar('crane', 'many')"), Contains("found many"));
  CHECK_THAT(client.refused("SELECT * FROM noema_similar('crane', 9e99)"), Contains("k: expected"));
  CHECK_THAT(client.refused("SELECT * FROM noema_similar(x'00ff')"), Contains("word: expected a text, found a blob"));
  CHECK_THAT(client.refused("SELECT * FROM noema_spread('crane', x'01')"), Contains("found a blob"));
  CHECK_THAT(client.refused("SELECT * FROM noema_similar"),
             Contains("word is missing; call it so: noema_similar('cat'"));
  CHECK_THAT(client.refused("SELECT * FROM noema_path('crane')"), Contains("to_concept is missing"));
  CHECK_THAT(client.refused("SELECT * FROM noema_similar('a', 2, 3)"), Contains("too many arguments"));
  CHECK_THAT(client.refused("SELECT * FROM noema_recall(CAST(x'ff' AS TEXT))"), Contains("not UTF-8"));
  CHECK_THAT(client.refused("SELECT * FROM noema_senses('crane', 'nothing here')"), Contains("does not hold 'crane'"));
  CHECK_THAT(client.refused("SELECT * FROM noema_spread('concept:999999', 2)"), Contains("there is no concept:999999"));
  CHECK(client.ask("SELECT * FROM noema_similar(NULL, 3)").empty());
  CHECK(client.error().empty());
  CHECK(client.ask("SELECT * FROM noema_similar('crane', NULL)").size() == 10);
  CHECK(client.ask("SELECT * FROM noema_similar('crane', '3')").size() == 3);
  CHECK_THAT(client.refused("INSERT INTO noema_similar(word) VALUES('a')"), Contains("may not be modified"));
  CHECK_THAT(client.refused("CREATE VIRTUAL TABLE temp.t USING noema_similar"), Contains("no such module"));
}

TEST_CASE("without a life behind main the functions say so", "[sql]") {
  const tests::Workplace work;
  using Catch::Contains;
  Client memory(":memory:", SQLITE_OPEN_READWRITE);
  CHECK_THAT(memory.refused("SELECT * FROM noema_spread('a', 1)"), Contains("no file is open as main"));
  Client other(work.file("other.db"), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  other.ask("CREATE TABLE t(a)");
  CHECK_THAT(other.refused("SELECT * FROM noema_spread('a', 1)"), Contains("no life of noema"));
}

TEST_CASE("what is told while a client has the life open is found by its next query, and the client writes nothing",
          "[sql]") {
  tests::SmallLife small({"the cat sleeps", "the dog barks"});
  Client client(small.path);
  CHECK(client.ask("SELECT text FROM noema_recall('zebra')").empty());
  small.tell("a zebra grazes");
  small.mind->commit();
  CHECK(client.ask("SELECT text FROM noema_recall('zebra')") == std::vector<Row>{{"a zebra grazes"}});
  small.tell("a zebra sleeps");
  small.mind->checkpoint();
  CHECK(client.ask("SELECT text FROM noema_recall('zebra')").size() == 2);
  small.mind.reset();
  const auto time = std::filesystem::last_write_time(small.path);
  CHECK(client.ask("SELECT text FROM noema_recall('zebra')").size() == 2);
  CHECK(std::filesystem::last_write_time(small.path) == time);
}

#ifndef NOEMA_SANITIZED
TEST_CASE("the shell of SQLite and Python load the extension", "[sql]") {
  const tests::Workplace work;
  const std::string query = "SELECT count(*) FROM noema_similar('crane', 3)";
  const std::string extension = std::string(NOEMA_SQL).substr(0, std::string(NOEMA_SQL).rfind('.'));
  if (std::filesystem::exists("/usr/bin/sqlite3"))
    CHECK(printed_by(fmt::format("/usr/bin/sqlite3 -readonly -cmd '.load {}' {} \"{}\"", extension,
                                 tests::knowing_life(), query),
                     work) == "3\n");
  else
    WARN("sqlite3 is not installed: skipped");
  const std::string script = work.write("ask.py", fmt::format(R"py(import sqlite3
life = sqlite3.connect("file:{}?mode=ro", uri=True)
life.enable_load_extension(True)
life.load_extension("{}")
for row in life.execute("{}"): print(*row)
try:
    life.execute("SELECT * FROM noema_similar('cran')").fetchall()
except sqlite3.OperationalError as error:
    print(error)
)py",
                                                              tests::knowing_life(), extension, query));
  if (std::filesystem::exists("/usr/bin/python3"))
    CHECK_THAT(printed_by("/usr/bin/python3 " + script, work),
               Catch::StartsWith("3\n") && Catch::Contains("did you mean crane?"));
  else
    WARN("python3 is not installed: skipped");
}
#endif
