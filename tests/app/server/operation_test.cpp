#include "app/server/operation.h"

#include <catch2/catch.hpp>
#include <set>

#include "app/actions/names.h"
#include "base/error.h"
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

TEST_CASE("arguments that do not fit are refused by name") {
  const LifeOnDisk life;
  app::LiveMind mind(life.path, false);
  CHECK_THROWS_WITH(call(mind, "recall", json::object()), Catch::Contains("cue is missing"));
  CHECK_THROWS_WITH(call(mind, "recall", {{"cue", 7}}), Catch::Contains("cue: expected a string"));
  CHECK_THROWS_WITH(call(mind, "recall", {{"cue", "a"}, {"k", 0}}), Catch::Contains("k: expected"));
  CHECK_THROWS_WITH(call(mind, "recall", {{"cue", "a"}, {"k", 2.5}}), Catch::Contains("k: expected an integer"));
  CHECK_THROWS_WITH(call(mind, "recall", {{"cue", "a"}, {"kk", 2}}), Catch::Contains("no argument 'kk'"));
  CHECK_THROWS_WITH(call(mind, "recall", {{"cue", "\xff"}}), Catch::Contains("not UTF-8"));
  CHECK_THROWS_WITH(call(mind, "query", {{"sql", "DELETE FROM concepts"}}), Catch::Contains("a query only reads"));
  CHECK_THROWS_AS(call(mind, "concept", {{"concept", "nothing of the kind"}}), app::UnknownName);
  CHECK_THROWS_AS(call(mind, "undo", {{"thought", "thought:99999"}}), app::UnknownName);
}

TEST_CASE("names of operations and of their parameters stand once") {
  std::set<std::string> names;
  for (const app::Operation& operation : app::operations()) {
    CHECK(names.insert(operation.name).second);
    std::set<std::string> parameters;
    for (const app::Parameter& one : operation.parameters) CHECK(parameters.insert(one.name).second);
  }
}

}  // namespace noema::tests
