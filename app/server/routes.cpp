#include "app/server/routes.h"

#include <algorithm>

#include "app/server/operation.h"

namespace noema::app {
namespace {

using nlohmann::ordered_json;

ordered_json content(const ordered_json& schema) { return {{"application/json", {{"schema", schema}}}}; }

ordered_json responses(const Operation& operation) {
  ordered_json result{{"type", "object"}, {"required", operation.gives}};
  return {{"200", {{"description", "Done"}, {"content", content(result)}}},
          {"default",
           {{"description", "Refused, in words"}, {"content", content({{"$ref", "#/components/schemas/Error"}})}}}};
}

/// A body of tell may be an input, or an array of them.
ordered_json body_of(const Operation& operation) {
  ordered_json schema = schema_of(operation);
  if (operation.name == "tell")
    schema = {{"oneOf", ordered_json::array({schema, {{"type", "array"}, {"items", {{"type", "object"}}}}})}};
  return {{"required", true}, {"content", content(schema)}};
}

ordered_json parameters_of(const Route& route, const Operation& operation) {
  ordered_json parameters = ordered_json::array();
  for (const Parameter& one : operation.parameters) {
    const bool in_path = route.path.find("{" + one.name + "}") != std::string::npos;
    if (!in_path && route.method == "POST") continue;
    parameters.push_back({{"name", one.name},
                          {"in", in_path ? "path" : "query"},
                          {"required", in_path || one.is_required},
                          {"description", one.help},
                          {"schema", schema_of(one)}});
  }
  return parameters;
}

ordered_json events() {
  return {
      {"summary", "What happens, as server-sent events: input, thought and undo, each with its log position as id."},
      {"operationId", "events"},
      {"responses",
       {{"200",
         {{"description", "A stream; a comment every ten seconds shows that it lives"},
          {"content", {{"text/event-stream", {{"schema", {{"type", "string"}}}}}}}}}}}};
}

/// What belongs to the server and not to one life.
ordered_json of_server(const char* summary, const char* id, const std::vector<std::string>& gives) {
  const ordered_json result{{"type", "object"}, {"required", gives}};
  return {{"summary", summary},
          {"operationId", id},
          {"responses",
           {{"200", {{"description", "Done"}, {"content", content(result)}}},
            {"default",
             {{"description", "Refused, in words"}, {"content", content({{"$ref", "#/components/schemas/Error"}})}}}}}};
}

ordered_json error_schema() {
  const ordered_json text{{"type", "string"}};
  return {{"type", "object"},
          {"required", {"error"}},
          {"properties",
           {{"error",
             {{"type", "object"},
              {"required", {"what", "where", "what_to_do"}},
              {"properties", {{"what", text}, {"where", text}, {"what_to_do", text}}}}}}}};
}

}  // namespace

const std::vector<Route>& routes() {
  static const std::vector<Route> all{{"GET", "/v1/status", "status"},
                                      {"POST", "/v1/tell", "tell"},
                                      {"GET", "/v1/recall", "recall"},
                                      {"POST", "/v1/recall", "recall"},
                                      {"POST", "/v1/ask", "ask"},
                                      {"GET", "/v1/facts", "facts"},
                                      {"GET", "/v1/relations", "relations"},
                                      {"GET", "/v1/rules", "rules"},
                                      {"GET", "/v1/concepts", "concepts"},
                                      {"GET", "/v1/concepts/{concept}", "concept"},
                                      {"GET", "/v1/concepts/{concept}/neighbours", "neighbours"},
                                      {"GET", "/v1/why/{concept}", "why"},
                                      {"GET", "/v1/graph", "graph"},
                                      {"GET", "/v1/senses", "senses"},
                                      {"GET", "/v1/agenda", "agenda"},
                                      {"GET", "/v1/thoughts", "thoughts"},
                                      {"POST", "/v1/query", "query"},
                                      {"POST", "/v1/forget", "forget"},
                                      {"POST", "/v1/undo", "undo"},
                                      {"POST", "/v1/keep", "keep"},
                                      {"POST", "/v1/background", "background"},
                                      {"POST", "/v1/think", "think"},
                                      {"POST", "/v1/feed", "feed"},
                                      {"GET", "/v1/feeds", "feeds"},
                                      {"GET", "/v1/thought", "thought"},
                                      {"POST", "/v1/concepts", "concept"},
                                      {"POST", "/v1/why", "why"}};
  return all;
}

namespace {

bool has_get(const std::string& operation) {
  return std::any_of(routes().begin(), routes().end(),
                     [&](const Route& one) { return one.method == "GET" && one.operation == operation; });
}

}  // namespace

ordered_json openapi() {
  ordered_json paths = ordered_json::object();
  for (const Route& route : routes()) {
    const Operation& operation = *operation_named(route.operation);
    const bool is_get = route.method == "GET";
    ordered_json one{{"summary", operation.help},
                     {"operationId", route.operation + (!is_get && has_get(route.operation) ? "_by_post" : "")}};
    if (const ordered_json parameters = parameters_of(route, operation); !parameters.empty())
      one["parameters"] = parameters;
    if (!is_get) one["requestBody"] = body_of(operation);
    one["responses"] = responses(operation);
    paths[route.path][is_get ? "get" : "post"] = one;
  }
  paths["/v1/events"]["get"] = events();
  paths["/v1/lives"]["get"] =
      of_server("The names of the lives, if a folder of them is served.", "lives", {"folder", "lives"});
  paths["/v1/runs"]["get"] = of_server("The runs of experiments in the folder --runs.", "runs", {"runs"});
  ordered_json run = of_server("Results and curves of a run.", "run", {"run", "results", "experiences", "cut"});
  run["parameters"] = ordered_json::array({{{"name", "run"},
                                            {"in", "path"},
                                            {"required", true},
                                            {"description", "The name of its folder"},
                                            {"schema", {{"type", "string"}}}}});
  paths["/v1/runs/{run}"]["get"] = run;
  return {
      {"openapi", "3.1.0"},
      {"info",
       {{"title", "noema"},
        {"version", "1"},
        {"description",
         "A life that is told, asked and thinks. Of a folder of lives each path begins with /NAME. Lists are paged: "
         "`next` of an answer is the `cursor` of the next page, null at the end."}}},
      {"paths", paths},
      {"components", {{"schemas", {{"Error", error_schema()}}}}}};
}

}  // namespace noema::app
