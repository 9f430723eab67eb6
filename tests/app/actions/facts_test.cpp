#include "app/actions/facts.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "tests/app/small_life.h"

using namespace noema;
using tests::SmallLife;

TEST_CASE("a life that nobody thought about knows no facts, and says what to do") {
  SmallLife life({"the king lives in the castle"});
  const auto view = life.mind->view();
  CHECK(app::relations(view.life()).empty());
  CHECK_THROWS_WITH(app::facts(view.life(), "king"), Catch::Contains("no fact about king is known"));
  CHECK_THROWS_WITH(app::facts(view.life(), "\xff"), Catch::Contains("not UTF-8 at byte 0"));
}

TEST_CASE("a fact tells its relation, its value, and when it held") {
  reasoning::KnownFact fact{"_ lives in _ .", "Ann", "Rome", 0, 60.0, {3}};
  fact.says = "Ann lives in Rome .";
  const auto json = app::to_json(fact);
  CHECK(json["relation"] == "_ lives in _ .");
  CHECK(json["says"] == "Ann lives in Rome .");
  CHECK(json["since"] == "1970-01-01T00:00:00+00:00");
  CHECK(json["until"] == "1970-01-01T00:01:00+00:00");
  CHECK(json["told"] == nlohmann::ordered_json{3});
  CHECK(app::to_json(reasoning::KnownRelation{{"_ is _ ."}, 7})["told"] == 7);
}

TEST_CASE("a fact that follows names its rule, and what it follows from instead of who told it") {
  reasoning::KnownFact fact{"_ is _ .", "Ann", "Bob", 0, {}, {3, 4}};
  fact.inferred_by = "X is Y .";
  fact.confidence = 0.75;
  const auto json = app::to_json(fact);
  CHECK(json["told"].is_null());
  CHECK(json["follows_from"] == nlohmann::ordered_json{3, 4});
  CHECK(json["inferred_by"] == "X is Y .");
  const auto rule = app::to_json(reasoning::KnownRule{"X is Y .", {"X has Z .", "Z is Y ."}, 5, 1, 2});
  CHECK(rule["path"].size() == 2);
  CHECK(rule["used"] == 2);
}
