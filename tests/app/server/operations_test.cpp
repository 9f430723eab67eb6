// What holds of all operations; those of each group are tested beside it.

#include <catch2/catch.hpp>

#include "base/error.h"
#include "tests/app/server/calling.h"
#include "tests/app/server/served.h"

namespace noema::tests {

using nlohmann::json;

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

}  // namespace noema::tests
