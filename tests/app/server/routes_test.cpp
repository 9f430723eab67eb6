#include "app/server/routes.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <set>

#include "app/server/operation.h"
#include "base/files.h"

namespace noema::tests {
namespace {

using nlohmann::json;

/// All "$ref"s in a document.
void take_references(const json& value, std::set<std::string>& references) {
  if (value.is_object() && value.contains("$ref")) references.insert(value["$ref"].get<std::string>());
  if (value.is_structured())
    for (const json& part : value) take_references(part, references);
}

}  // namespace

TEST_CASE("docs/openapi.json is the interface that is served; NOEMA_WRITE_DOCS=1 writes it anew") {
  const std::string expected = app::openapi().dump(2) + "\n";
  if (std::getenv("NOEMA_WRITE_DOCS") != nullptr) base::write_file(NOEMA_SOURCE_DIR "/docs/openapi.json", expected);
  CHECK(base::read_file(NOEMA_SOURCE_DIR "/docs/openapi.json") == expected);
}

TEST_CASE("every operation has a route, and every route an operation that takes what stands in its path") {
  std::set<std::string> operations, places;
  for (const app::Route& route : app::routes()) {
    INFO(route.method << " " << route.path);
    CHECK((route.method == "GET" || route.method == "POST"));
    CHECK(route.path.starts_with("/v1/"));
    CHECK(places.insert(route.method + " " + route.path).second);
    const app::Operation* operation = app::operation_named(route.operation);
    REQUIRE(operation != nullptr);
    operations.insert(route.operation);
    const auto begin = route.path.find('{');
    if (begin == std::string::npos) continue;
    const std::string name = route.path.substr(begin + 1, route.path.find('}') - begin - 1);
    CHECK(std::any_of(operation->parameters.begin(), operation->parameters.end(),
                      [&](const app::Parameter& one) { return one.name == name && one.is_required; }));
  }
  for (const app::Operation& operation : app::operations()) CHECK(operations.contains(operation.name));
}

TEST_CASE("what changes a life, or runs what somebody wrote, is asked for by POST alone") {
  const std::set<std::string> changing{"tell", "ask", "forget", "undo", "think", "query", "feed", "background", "keep"};
  for (const app::Route& route : app::routes())
    if (changing.contains(route.operation)) CHECK(route.method == "POST");
}

TEST_CASE("each path is described: its parameters or its body, what it gives, and how it refuses") {
  const json document = json::parse(app::openapi().dump());
  std::set<std::string> ids;
  for (const app::Route& route : app::routes()) {
    INFO(route.method << " " << route.path);
    const json& one = document["paths"][route.path][route.method == "GET" ? "get" : "post"];
    CHECK(ids.insert(one["operationId"].get<std::string>()).second);
    CHECK(one["summary"] == app::operation_named(route.operation)->help);
    CHECK(one["responses"]["200"]["content"].contains("application/json"));
    CHECK(one["responses"].contains("default"));
    CHECK(one.contains("requestBody") == (route.method == "POST"));
    for (const json& parameter : one.value("parameters", json::array())) {
      const bool in_path = route.path.find("{" + parameter["name"].get<std::string>() + "}") != std::string::npos;
      CHECK(parameter["in"] == (in_path ? "path" : "query"));
      if (in_path) CHECK(parameter["required"] == true);
      CHECK(parameter["schema"].contains("type"));
    }
  }
  CHECK(document["paths"]["/v1/events"]["get"]["responses"]["200"]["content"].contains("text/event-stream"));
}

TEST_CASE("a body of tell is one input or a list of them, and every reference of the document leads somewhere") {
  const json document = json::parse(app::openapi().dump());
  const json& body = document["paths"]["/v1/tell"]["post"]["requestBody"]["content"]["application/json"]["schema"];
  REQUIRE(body["oneOf"].size() == 2);
  CHECK(body["oneOf"][0]["properties"].contains("text"));
  CHECK(body["oneOf"][1]["type"] == "array");
  std::set<std::string> references;
  take_references(document, references);
  CHECK(references == std::set<std::string>{"#/components/schemas/Error"});
  CHECK(document["components"]["schemas"]["Error"]["required"] == json{"error"});
}

}  // namespace noema::tests
