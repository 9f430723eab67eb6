#include "memory/format2.h"

#include <array>

#include "memory/life_impl.h"
#include "memory/row_codec.h"
#include "memory/schema.h"
#include "tests/memory/support.h"

namespace noema::memory {
namespace {

using nlohmann::json;

/// A life of format 1 whose log holds thoughts, as the program of that time wrote them.
class OldLife {
 public:
  explicit OldLife(const std::filesystem::path& path) : database_(path, OpenMode::kCreate, 1) {
    migrate(database_, migrations().first(1));
    for (const char* key : {"seed", "max_concepts", "max_bytes", "options", "created"})
      write_meta(database_, key, "{}");
    insert_model(database_, 1, "model", "hash", 0, 1);
    totals_.checksum = genesis_checksum(database_);
    store_totals();
  }

  void think(const std::string& kind, const std::vector<std::int64_t>& operands, std::int64_t result,
             const json& details = json::object()) {
    const std::int64_t id = ++totals_.thoughts, position = ++totals_.position;
    database_
        .use(
            "INSERT INTO thoughts(id, position, time, kind, operands, result_id, gain_bits, cost_seconds, candidates, "
            "evidence, reason, details, after_episode) VALUES(?, ?, 5, ?, ?, ?, 1.5, 0.25, 3, '[]', 'so', ?, 0)")
        ->bind_all(id, position, kind, encode_ids(operands), or_null(result), details.dump())
        .run();
    Checksum content;
    content.integer(id).integer(position).real(5).text(kind).text(encode_ids(operands)).integer(result).real(1.5);
    content.real(0.25).integer(3).text("[]").text("so").text(details.dump()).integer(0);
    totals_.checksum = chain_checksum(totals_.checksum, position, "thought", id, 5, content);
    database_.use("INSERT INTO log(position, kind, ref, time, checksum) VALUES(?, 'thought', ?, 5, ?)")
        ->bind_all(position, id, totals_.checksum)
        .run();
    store_totals();
  }

  Database& database() { return database_; }

 private:
  void store_totals() { write_meta(database_, "totals", totals_.to_json()); }

  Database database_;
  Totals totals_;
};

json column(Database& database, const char* name, std::int64_t id) {
  Statement row(database, std::string("SELECT ") + name + " FROM thoughts WHERE id = ?");
  REQUIRE(row.bind_all(id).step());
  const std::string text(row.text(0));
  return json::parse(text, nullptr, false).is_discarded() ? json(text) : json::parse(text);
}

std::vector<ThoughtConcept> concepts_of(Database& database, std::int64_t id) {
  std::vector<ThoughtConcept> concepts;
  Statement rows(database, "SELECT concept, role FROM thought_concepts WHERE thought = ? ORDER BY concept, role");
  rows.bind_all(id);
  while (rows.step()) concepts.push_back({rows.integer(0), std::string(rows.text(1))});
  return concepts;
}

}  // namespace

TEST_CASE("each kind of thought of format 1 gets the kind and the named operands that it has now") {
  TempFolder folder;
  OldLife old(folder / "a.life");
  old.think("compose", {3, 4}, 9);
  old.think("merge", {3, 4}, 0);
  old.think("split", {3, 1, 7, 8}, 10);
  old.think("abstract", {0, 5, 6}, 11);
  old.think("abstract", {11, 5}, 0, {{"before", {2}}});
  old.think("abstract", {0, 0, 2, 5, 6, 1, 7}, 12);
  old.think("forget", {9}, 0, {{"before", {5, 6}}});
  old.think("forget", {0, 5}, 0, {{"before", {11}}});
  old.think("forget", {0, 0, 30}, 0, {{"first", 2}, {"faded", {{8, "w", 8, 0}}}, {"bits", 2}});
  old.think("estimate", {64, 65, 66, 67}, 0);
  old.think("associate", {3, 4, 5, 6}, 0);
  Database& database = old.database();
  migrate(database, migrations());
  const auto is = [&](std::int64_t id, const char* kind, const json& operands) {
    INFO(id);
    CHECK(column(database, "kind", id) == kind);
    CHECK(column(database, "operands", id) == operands);
  };
  is(1, "compose", {{"first", 3}, {"second", 4}});
  is(2, "merge", {{"from", 3}, {"into", 4}});
  is(3, "split", {{"unit", 3}, {"side", "after"}, {"neighbours", {7, 8}}});
  is(4, "join", {{"founders", {5, 6}}});
  is(5, "join", {{"member", 5}, {"category", 11}});
  is(6, "divide", {{"category", 0}, {"parts", {{5, 6}, {7}}}});
  is(7, "dissolve", {{"node", 9}});
  is(8, "leave", {{"member", 5}});
  is(9, "let_go", {{"first", 2}, {"until", 30}});
  CHECK(column(database, "operands", 10)["row_strength"] == 1);
  CHECK(column(database, "operands", 10)["member_strength"] == 6);  // which format 1 did not have
  is(11, "associate", {{"pairs", {{3, 4}, {5, 6}}}});
  CHECK(column(database, "details", 5) == json{{"before", {{"category", 2}}}});
  CHECK(column(database, "details", 9)["bits"] == 2);
  CHECK(column(database, "details", 9)["before"]["faded"][0]["label"] == "w");
  CHECK(concepts_of(database, 1) == std::vector<ThoughtConcept>{{3, "about"}, {4, "about"}, {9, "made"}});
  CHECK(concepts_of(database, 3) ==
        std::vector<ThoughtConcept>{{3, "about"}, {7, "needs"}, {8, "needs"}, {10, "made"}});
  CHECK(concepts_of(database, 6) ==
        std::vector<ThoughtConcept>{{5, "about"}, {6, "about"}, {7, "about"}, {12, "made"}, {13, "made"}});
}

TEST_CASE("the rewritten log is one chain again") {
  TempFolder folder;
  {
    OldLife old(folder / "a.life");
    old.think("compose", {3, 4}, 9);
    old.think("merge", {3, 4}, 0);
    old.database().execute("PRAGMA application_id = " + std::to_string(kApplicationId));
  }
  Life life = Life::open(folder / "a.life", Access::kWrite);
  CHECK(life.thoughts().find(1)->concepts.size() == 3);
  CHECK(life.episodes().rule_at(2) == base::IdentityRule::kCaseFolded);
  for (const std::string& problem : life.check()) CHECK(problem.find("log position") == std::string::npos);
}

TEST_CASE("a thought that was changed, or whose operands are no thought, leaves the file as it was") {
  for (const bool changed : {true, false}) {
    TempFolder folder;
    OldLife old(folder / "a.life");
    old.think("compose", {3, 4}, 9);
    old.think("compose", changed ? std::vector<std::int64_t>{5, 6} : std::vector<std::int64_t>{5}, 10);
    if (changed) old.database().execute("UPDATE thoughts SET gain_bits = 2 WHERE id = 2");
    const std::string error = error_of([&] { migrate(old.database(), migrations()); });
    CHECK_THAT(error, Catch::Contains("log position 2: ") && Catch::Contains("was left as it is"));
    CHECK(format_of(old.database()) == 1);
    CHECK(column(old.database(), "operands", 1) == json{3, 4});
  }
}

}  // namespace noema::memory
