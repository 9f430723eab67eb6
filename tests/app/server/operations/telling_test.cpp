#include <catch2/catch.hpp>

#include "base/error.h"
#include "tests/app/server/calling.h"
#include "tests/app/server/served.h"

namespace noema::tests {

using nlohmann::json;

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
