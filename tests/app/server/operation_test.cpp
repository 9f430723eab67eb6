#include "app/server/operation.h"

#include <catch2/catch.hpp>
#include <set>

namespace noema::tests {
namespace {

using nlohmann::json;

json checked(const char* name, const json& arguments) {
  const app::Operation* operation = app::operation_named(name);
  REQUIRE(operation != nullptr);
  return app::checked(*operation, arguments);
}

}  // namespace

TEST_CASE("an operation is found by its name, and nothing by another") {
  CHECK(app::operation_named("recall")->name == "recall");
  for (const char* name : {"", "Recall", "recall ", "dream"}) CHECK(app::operation_named(name) == nullptr);
}

TEST_CASE("arguments that are not given take their defaults, and null is not given") {
  CHECK(checked("recall", {{"cue", "a"}}) == json{{"cue", "a"}, {"k", 10}});
  CHECK(checked("recall", {{"cue", "a"}, {"k", nullptr}, {"group", nullptr}}) == json{{"cue", "a"}, {"k", 10}});
  CHECK(checked("ask", {{"question", "a"}, {"learn", false}}) == json{{"question", "a"}, {"learn", false}});
  CHECK(checked("status", json::object()) == json::object());
}

TEST_CASE("arguments that do not fit are refused by name") {
  CHECK_THROWS_WITH(checked("recall", json::object()), Catch::Contains("cue is missing"));
  CHECK_THROWS_WITH(checked("recall", {{"cue", nullptr}}), Catch::Contains("cue is missing"));
  CHECK_THROWS_WITH(checked("recall", {{"cue", 7}}), Catch::Contains("cue: expected a string, found number"));
  CHECK_THROWS_WITH(checked("recall", {{"cue", "a"}, {"k", 0}}), Catch::Contains("k: expected"));
  CHECK_THROWS_WITH(checked("recall", {{"cue", "a"}, {"k", 201}}), Catch::Contains("k: expected"));
  CHECK_THROWS_WITH(checked("recall", {{"cue", "a"}, {"k", 2.5}}), Catch::Contains("k: expected an integer"));
  CHECK_THROWS_WITH(checked("recall", {{"cue", "a"}, {"k", "2"}}), Catch::Contains("k: expected an integer"));
  CHECK_THROWS_WITH(checked("recall", {{"cue", "a"}, {"kk", 2}}),
                    Catch::Contains("recall has no argument 'kk'") && Catch::Contains("did you mean k"));
  CHECK_THROWS_WITH(checked("recall", {{"cue", "a\xff"}}), Catch::Contains("cue: not UTF-8 at byte 1"));
  CHECK_THROWS_WITH(checked("ask", {{"question", "a"}, {"learn", 1}}), Catch::Contains("learn: expected a boolean"));
  CHECK_THROWS_WITH(checked("tell", {{"inputs", "a"}}), Catch::Contains("inputs: expected an array"));
  CHECK_THROWS_WITH(checked("think", {{"seconds", 1e9}}), Catch::Contains("seconds: expected"));
  for (const json& none : {json(), json(7), json("recall"), json::array()})
    CHECK_THROWS_WITH(checked("recall", none), Catch::Contains("expected a JSON object"));
}

TEST_CASE("the schema of an operation says what checked() takes") {
  for (const app::Operation& operation : app::operations()) {
    INFO(operation.name);
    const json schema = json::parse(schema_of(operation).dump());
    CHECK(schema["type"] == "object");
    CHECK(schema["additionalProperties"] == false);
    CHECK(schema["properties"].size() == operation.parameters.size());
    std::set<std::string> required;
    for (const json& name : schema.value("required", json::array())) required.insert(name.get<std::string>());
    for (const app::Parameter& one : operation.parameters) {
      const json& property = schema["properties"][one.name];
      CHECK(property["type"] == one.type);
      CHECK(property["description"] == one.help);
      CHECK(required.contains(one.name) == one.is_required);
      CHECK(property.contains("default") == !one.otherwise.is_null());
      if (property.contains("default") && property.contains("maximum"))
        CHECK((property["default"] >= property["minimum"] && property["default"] <= property["maximum"]));
    }
  }
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
