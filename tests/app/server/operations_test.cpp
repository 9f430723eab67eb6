// What each operation does; operation.h describes them.

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>

#include "app/actions/names.h"
#include "app/server/operation.h"
#include "base/error.h"
#include "base/stop.h"
#include "tests/app/family_life.h"
#include "tests/app/knowing_life.h"
#include "tests/app/server/served.h"

namespace noema::tests {
namespace {

using nlohmann::json;

json call(app::LiveMind& mind, const char* name, const json& arguments = json::object()) {
  const app::Operation* operation = app::operation_named(name);
  REQUIRE(operation != nullptr);
  const auto result = operation->call(mind, checked(*operation, arguments), {});
  for (const std::string& key : operation->gives) CHECK(result.contains(key));
  return json::parse(result.dump());
}

/// All tests read the one knowing life, and a server writes to its own: here is a copy.
std::string knowing_life_copy() {
  static const Workplace work;
  const std::string copy = work.file("knowing.life");
  std::filesystem::copy_file(knowing_life(), copy, std::filesystem::copy_options::overwrite_existing);
  return copy;
}

}  // namespace

TEST_CASE("every operation gives the keys that it is described with") {
  const LifeOnDisk life;
  app::LiveMind mind(life.path, false);
  CHECK(call(mind, "status")["episodes"] == 180);
  const json told = call(mind, "tell", {{"text", "Ann lives in Oslo"}, {"id", "a"}, {"speaker", "Mia"}});
  CHECK(told["told"][0] == json{{"episode", 181}, {"known", false}});
  CHECK(call(mind, "recall", {{"cue", "Ann Oslo"}})["hits"][0]["episode"] == 181);
  CHECK(call(mind, "recall", {{"cue", "Ann"}, {"speaker", "Mia"}, {"k", 3}})["hits"].size() == 1);
  CHECK(call(mind, "ask", {{"question", "who lives in Oslo ?"}, {"learn", false}}).contains("answer"));
  CHECK(call(mind, "status")["episodes"] == 181);
  call(mind, "ask", {{"question", "who lives in Oslo ?"}});
  CHECK(call(mind, "status")["episodes"] == 182);
  call(mind, "relations");
  call(mind, "rules");
  CHECK(call(mind, "concept", {{"concept", "tax"}})["label"] == "tax");
  CHECK(call(mind, "query", {{"sql", "SELECT count(*) AS n FROM episode"}})["rows"][0]["n"] == 182);
  const json thoughts = call(mind, "thoughts", {{"limit", 2}});
  REQUIRE(thoughts["thoughts"].size() == 2);
  CHECK(thoughts["next"] == thoughts["total"].get<int>() - 2);
  const json made = call(mind, "query", {{"sql", "SELECT result_id AS id FROM thought WHERE kind = 'compose'"}});
  const std::string composite = "concept:" + std::to_string(made["rows"][0]["id"].get<int>());
  CHECK(call(mind, "why", {{"concept", composite}})["thoughts"].size() >= 1);
  CHECK(call(mind, "think", {{"seconds", 1}})["seconds"] < 30);
  const json forgotten = call(mind, "forget", {{"input", "a"}});
  CHECK(forgotten["text"] == "Ann lives in Oslo");
  CHECK(call(mind, "undo", {{"thought", forgotten["thought"]}}).contains("graph_hash"));
}

TEST_CASE("the part of the graph that is worth drawing, the agenda, and the switch of background thinking") {
  const LifeOnDisk life;
  app::LiveMind mind(life.path, false);
  const json graph = call(mind, "graph", {{"limit", 5}});
  CHECK(graph["concepts"].size() == 5);
  CHECK(graph["total"] > 5);
  CHECK(call(mind, "graph", {{"around", "tax"}})["concepts"][0]["label"] == "tax");
  CHECK_THROWS_AS(call(mind, "graph", {{"around", "nothing of the kind"}}), app::UnknownName);
  const json agenda = call(mind, "agenda", {{"limit", 3}});
  CHECK(agenda["agenda"].size() <= 3);
  CHECK(agenda["thinks"] == false);
  CHECK(call(mind, "background", {{"thinks", true}})["thinks"] == true);
  CHECK(call(mind, "agenda")["thinks"] == true);
  CHECK(call(mind, "tell", {{"text", "one more"}})["told"].size() == 1);
  CHECK(call(mind, "background", {{"thinks", false}})["thinks"] == false);
}

TEST_CASE("suggestions stand on the agenda, the most promising first, with the labels of what they are about") {
  SmallLife small(tax_lines());
  const std::string path = small.path;
  small.mind->checkpoint();
  small.mind.reset();
  app::LiveMind mind(path, false);
  const json agenda = call(mind, "agenda", {{"limit", 200}});
  REQUIRE(agenda["total"] > 1);
  const json& all = agenda["agenda"];
  CHECK(std::is_sorted(all.begin(), all.end(),
                       [](const json& a, const json& b) { return a["bits_expected"] > b["bits_expected"]; }));
  CHECK(std::any_of(all.begin(), all.end(), [](const json& one) {
    return one["kind"] == "compose" && one["subject"]["label"].get<std::string>() != "";
  }));
}

TEST_CASE("senses of a word have examples; a life that cannot tell them says so in a note") {
  app::LiveMind mind(knowing_life_copy(), false);
  const json crane = call(mind, "senses", {{"word", "crane"}});
  REQUIRE(crane["senses"].size() >= 1);
  CHECK(crane["senses"][0]["examples"].size() >= 1);
  CHECK(crane["note"].is_null());
  CHECK(call(mind, "senses", {{"word", "crane"}, {"sentence", "the crane flew"}})["senses"][0].contains("probability"));
  CHECK_THAT(call(mind, "senses", {{"word", "qqq"}})["note"].get<std::string>(), Catch::Contains("qqq"));
  const LifeOnDisk simple;
  app::LiveMind other(simple.path, false);
  CHECK_THAT(call(other, "senses", {{"word", "tax"}})["note"].get<std::string>(),
             Catch::Contains("has not yet thought"));
}

TEST_CASE("a list comes page by page, each entry once") {
  const LifeOnDisk life;
  app::LiveMind mind(life.path, false);
  const json all = call(mind, "neighbours", {{"concept", "the"}, {"limit", 200}});
  const auto total = all["total"].get<std::size_t>();
  REQUIRE(total > 7);
  CHECK(all["next"].is_null());
  json seen = json::array(), cursor = 0;
  while (!cursor.is_null()) {
    const json page = call(mind, "neighbours", {{"concept", "the"}, {"limit", 7}, {"cursor", cursor}});
    CHECK(page["neighbours"].size() <= 7);
    for (const json& one : page["neighbours"]) seen.push_back(one);
    cursor = page["next"];
  }
  CHECK(seen == all["neighbours"]);
}

TEST_CASE("an id tells once: again with the same text is known, with another refused") {
  const LifeOnDisk life;
  app::LiveMind mind(life.path, false);
  const json first = call(mind, "tell", {{"text", "a b c"}, {"id", "x"}});
  const json again = call(mind, "tell", {{"text", "a b c"}, {"id", "x"}});
  CHECK(again["told"][0]["episode"] == first["told"][0]["episode"]);
  CHECK(again["told"][0]["known"] == true);
  CHECK_THROWS_WITH(call(mind, "tell", {{"text", "other"}, {"id", "x"}}), Catch::Contains("has told another text"));
}

TEST_CASE("of a batch with one input that cannot be told nothing is stored") {
  const LifeOnDisk life;
  app::LiveMind mind(life.path, false);
  for (const json& bad : {json{{"text", ""}}, json{{"text", "two\nlines"}}, json{{"texts", "a"}}, json{{"text", 5}},
                          json("a"), json{{"text", "a"}, {"time", "never"}}, json{{"text", "again"}, {"id", "same"}}})
    CHECK_THROWS_AS(call(mind, "tell", {{"inputs", {{{"text", "good"}, {"id", "same"}}, bad}}}), base::Error);
  CHECK(call(mind, "status")["episodes"] == 180);
  CHECK(call(mind, "tell", {{"inputs", {{{"text", "one"}}, {{"text", "two"}}}}})["told"].size() == 2);
  CHECK(call(mind, "status")["episodes"] == 182);
}

TEST_CASE("what a life does not have is refused, and named") {
  const LifeOnDisk life;
  app::LiveMind mind(life.path, false);
  CHECK_THROWS_WITH(call(mind, "query", {{"sql", "DELETE FROM concepts"}}), Catch::Contains("a query only reads"));
  CHECK_THROWS_AS(call(mind, "concept", {{"concept", "nothing of the kind"}}), app::UnknownName);
  CHECK_THROWS_WITH(call(mind, "neighbours", {{"concept", "txa"}}), Catch::Contains("did you mean tax"));
  CHECK_THROWS_AS(call(mind, "why", {{"concept", "concept:999999"}}), app::UnknownName);
  CHECK_THROWS_AS(call(mind, "undo", {{"thought", "thought:99999"}}), app::UnknownName);
  CHECK_THROWS_AS(call(mind, "undo", {{"thought", "seven"}}), base::UsageError);
  CHECK_THROWS_AS(call(mind, "forget", {{"input", "99999"}}), app::UnknownName);
  CHECK_THROWS_AS(call(mind, "forget", {{"input", "1"}, {"group", "nobody"}}), app::UnknownName);
  CHECK_THROWS_WITH(call(mind, "facts", {{"thing", "tax"}}), Catch::Contains("no fact about tax is known"));
  CHECK_THROWS_WITH(call(mind, "ask", {{"question", "two\nlines"}}), Catch::Contains("more than one line"));
  CHECK_THROWS_AS(call(mind, "ask", {{"question", "who ?"}, {"as_of", "yesterday"}}), base::Error);
  CHECK_THROWS_WITH(call(mind, "recall", {{"cue", "tax"}, {"speaker", "nobody"}}), Catch::Contains("the speaker"));
  CHECK(call(mind, "status")["episodes"] == 180);
}

TEST_CASE("what was told before a time or an input is known as it was then, and asking so stores nothing") {
  const FamilyLife life;
  app::LiveMind mind(life.path, false);
  const json facts = call(mind, "facts", {{"thing", "Caaa"}});
  CHECK(facts["total"] == facts["facts"].size());
  CHECK(facts["total"].get<int>() >= 2);
  CHECK(call(mind, "facts", {{"thing", "Caaa"}, {"as_of", "1"}})["total"] < facts["total"]);
  CHECK_THROWS_AS(call(mind, "facts", {{"thing", "Caaa"}, {"as_of", "1970-01-01"}}), base::Error);
  call(mind, "ask", {{"question", "who is the father of Caaa ?"}, {"as_of", "1"}});
  CHECK(call(mind, "status")["episodes"] == family_lines().size());
}

TEST_CASE("relations and rules are listed page by page, as facts are") {
  const FamilyLife life;
  app::LiveMind mind(life.path, false);
  const json rules = call(mind, "rules");
  CHECK(rules["total"].get<std::size_t>() >= 1);
  CHECK(std::any_of(rules["rules"].begin(), rules["rules"].end(),
                    [](const json& one) { return one["rule"] == "the father of X is Y ."; }));
  CHECK(call(mind, "relations")["total"] == 0);  // nothing was told in two ways
  const json first = call(mind, "rules", {{"limit", 1}});
  CHECK(first["rules"].size() == 1);
  CHECK(first["next"] == 1);
  const json behind = call(mind, "rules", {{"cursor", 1000000}});
  CHECK(behind["rules"].empty());
  CHECK(behind["next"].is_null());
}

TEST_CASE("thoughts come page by page, the newest first, each once") {
  const LifeOnDisk life;
  app::LiveMind mind(life.path, false);
  std::vector<std::size_t> seen;
  json cursor = 0;
  std::size_t total = 0;
  while (!cursor.is_null()) {
    const json page = call(mind, "thoughts", {{"limit", 3}, {"cursor", cursor}});
    for (const json& one : page["thoughts"]) seen.push_back(one["thought"].get<std::size_t>());
    total = page["total"];
    cursor = page["next"];
  }
  REQUIRE(seen.size() == total);
  for (std::size_t i = 0; i < seen.size(); ++i) CHECK(seen[i] == total - i);
}

TEST_CASE("a query may be a pattern, with parameters; what it would change is refused by name") {
  const LifeOnDisk life;
  app::LiveMind mind(life.path, false);
  const json pattern = call(mind, "query",
                            {{"sql", "MATCH (a:Sense {label: $word}) RETURN a.label, a.active AS x, [a.id > 0] AS l"},
                             {"parameters", {{"word", "tax"}}}});
  CHECK(pattern["rows"][0] == json{{"a.label", "tax"}, {"x", true}, {"l", {true}}});
  CHECK_THROWS_WITH(call(mind, "query", {{"sql", "MERGE (a)"}}), Catch::Contains("MERGE is outside of the subset"));
}

TEST_CASE("a query is cut to the rows that are wanted, and ended when the server ends") {
  const LifeOnDisk life;
  app::LiveMind mind(life.path, false);
  const json cut = call(mind, "query", {{"sql", "SELECT id FROM episode ORDER BY id"}, {"rows", 2}});
  CHECK(cut["columns"] == json{"id"});
  CHECK(cut["rows"] == json{{{"id", 1}}, {{"id", 2}}});
  CHECK(cut["cut"] == true);
  const app::Operation& query = *app::operation_named("query");
  std::stop_source stop;
  stop.request_stop();
  const char* endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
  CHECK_THROWS_AS(query.call(mind, checked(query, {{"sql", endless}}), {stop.get_token()}), base::Interrupted);
}

TEST_CASE("a thousand inputs are taken at once and no more, and a text beside them is refused") {
  const LifeOnDisk life;
  app::LiveMind mind(life.path, false);
  json inputs = json::array();
  for (int i = 0; i < 1001; ++i) inputs.push_back({{"text", "n"}});
  CHECK_THROWS_WITH(call(mind, "tell", {{"inputs", inputs}}), Catch::Contains("1001 at once, at most 1000"));
  CHECK_THROWS_WITH(call(mind, "tell", {{"inputs", {{{"text", "a"}}}}, {"text", "b"}}), Catch::Contains("exclude"));
  CHECK_THROWS_WITH(call(mind, "tell", json::object()), Catch::Contains("text is missing"));
  CHECK(call(mind, "tell", {{"inputs", json::array()}})["told"].empty());
  CHECK(call(mind, "status")["episodes"] == 180);
}

TEST_CASE("an input keeps who said it, when, in which group and under which label") {
  const LifeOnDisk life;
  app::LiveMind mind(life.path, false);
  call(mind, "tell",
       {{"text", "Ann lives in Oslo"},
        {"group", "home"},
        {"speaker", "Mia"},
        {"label", "place"},
        {"time", "2024-02-29"}});
  call(mind, "tell", {{"inputs", {{{"text", "so do I"}, {"time", 1709164800}}}}});
  const json rows =
      call(mind, "query",
           {{"sql", "SELECT text, group_name, speaker, label, time FROM episode WHERE id > 180 ORDER BY id"}})["rows"];
  CHECK(rows[0] == json{{"text", "Ann lives in Oslo"},
                        {"group_name", "home"},
                        {"speaker", "Mia"},
                        {"label", "place"},
                        {"time", "2024-02-29T00:00:00+00:00"}});
  CHECK(rows[0]["time"] == rows[1]["time"]);
}

}  // namespace noema::tests
