#include <catch2/catch.hpp>

#include "base/stop.h"
#include "tests/app/server/calling.h"
#include "tests/app/server/served.h"

namespace noema::tests {

using nlohmann::json;

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

TEST_CASE("concepts come page by page, the best first, and say what was left out; what is kept can be") {
  const LifeOnDisk life;
  app::LiveMind mind(life.path, false);
  const json all = call(mind, "concepts", {{"all", true}, {"limit", 200}});
  REQUIRE(all["concepts"].size() > 2);
  CHECK(all["total"] == all["concepts"].size());
  const json page = call(mind, "concepts", {{"all", true}, {"limit", 1}, {"cursor", 1}});
  CHECK(page["concepts"][0] == all["concepts"][1]);
  CHECK(page["next"] == 2);
  CHECK(call(mind, "concepts", {{"all", true}, {"top", 1}})["next"].is_null());
  const json telling = call(mind, "concepts");
  CHECK(telling["total"].get<std::size_t>() + telling["uninformative"].get<std::size_t>() == all["total"]);
  const std::string name = "concept:" + all["concepts"][0]["id"].dump();
  CHECK(call(mind, "keep", {{"concept", name}})["id"] == all["concepts"][0]["id"]);
  CHECK(call(mind, "concepts", {{"all", true}})["concepts"][0]["kept"] == true);
  CHECK(call(mind, "concepts", {{"all", true}, {"kept", false}})["total"] == all["concepts"].size() - 1);
  CHECK_THROWS_WITH(call(mind, "keep", {{"concept", name}}), Catch::Contains("kept already"));
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

TEST_CASE("a concept, a thought, the graph, a query and what is recalled may be asked for as they were") {
  const LifeOnDisk life;
  app::LiveMind mind(life.path, false);
  call(mind, "tell", {{"text", "tax tax tax"}});
  const json count{{"sql", "SELECT count(*) AS n FROM episode"}};
  const auto then = [](json arguments, const char* moment) {
    arguments["as_of"] = moment;
    return arguments;
  };
  CHECK(call(mind, "query", count)["rows"][0]["n"] == 181);
  CHECK(call(mind, "query", then(count, "90"))["rows"][0]["n"] == 90);
  const json tax{{"concept", "tax"}};
  CHECK(call(mind, "concept", then(tax, "90"))["count"] == 60);  // before thinking made wholes of it
  CHECK(call(mind, "concept", tax)["count"] < 60);
  CHECK(call(mind, "concept", then(tax, "181")) == call(mind, "concept", tax));
  CHECK(call(mind, "graph", then({}, "90"))["total"] < call(mind, "graph")["total"]);
  CHECK(call(mind, "recall", then({{"cue", "tax"}, {"k", 1}}, "90"))["hits"][0]["episode"] <= 90);
  CHECK(call(mind, "thought", {{"thought", "thought:1"}})["thought"] == 1);
  CHECK_THROWS_AS(call(mind, "thought", {{"thought", "thought:1"}, {"as_of", "90"}}), app::UnknownName);
  CHECK_THROWS_AS(call(mind, "concept", then(tax, "1990-01-01")), app::UnknownName);
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

}  // namespace noema::tests
