#include "app/server/tool_server.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "app/server/knowledge_tools.h"
#include "app/server/resources.h"
#include "base/clock.h"
#include "base/failure_context.h"
#include "base/json.h"

namespace noema::app {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

/// The newest first.
constexpr std::array<const char*, 3> kVersions{"2025-06-18", "2025-03-26", "2024-11-05"};

// JSON-RPC 2.0, 5.1.
constexpr int kParseError = -32700, kInvalidRequest = -32600, kUnknownMethod = -32601, kInvalidParameters = -32602,
              kInternal = -32603;

struct ProtocolError {
  int code;
  std::string message;
};

ordered_json error_of(const json& id, const ProtocolError& error) {
  return {{"jsonrpc", "2.0"}, {"id", id}, {"error", {{"code", error.code}, {"message", error.message}}}};
}

ordered_json text_content(const std::string& text) { return ordered_json::array({{{"type", "text"}, {"text", text}}}); }

/// The version that the client asked for, if it is known here, otherwise the newest; the client may then go.
ordered_json initialized(const json& parameters) {
  const std::string asked = parameters.value("protocolVersion", "");
  const bool is_known = std::find(kVersions.begin(), kVersions.end(), asked) != kVersions.end();
  return {
      {"protocolVersion", is_known ? asked : kVersions.front()},
      {"capabilities",
       {{"tools", {{"listChanged", false}}},
        {"resources", {{"subscribe", false}, {"listChanged", false}}},
        {"prompts", {{"listChanged", false}}}}},
      {"serverInfo", {{"name", "noema"}, {"version", "1"}}},
      {"instructions",
       "A memory that keeps learning. remember stores what is said, recall finds it again by a cue, ask answers from "
       "it, facts says what is known of a thing and since when, why says how a concept came to be."}};
}

}  // namespace

std::vector<Tool> tools_of(LiveMind& mind) {
  std::vector<Tool> tools;
  for (const Operation& operation : operations())
    if (operation.for_agents)
      tools.push_back({operation.name == "tell" ? "remember" : operation.name, operation.help, schema_of(operation),
                       operation.reads_only, [&mind, &operation](const json& arguments, const Calling& calling) {
                         return operation.call(mind, checked(operation, arguments), calling);
                       }});
  return tools;
}

ToolServer::ToolServer(LiveMind& mind, std::stop_token stop, Notify notify)
    : mind_(mind), stop_(std::move(stop)), notify_(std::move(notify)), tools_(tools_of(mind)) {
  for (Tool& tool : knowledge_tools(mind)) tools_.push_back(std::move(tool));
}

ordered_json ToolServer::unreadable(const std::string& why) { return error_of(nullptr, {kParseError, why}); }

bool ToolServer::take_notice(const std::string& line) {
  const json message = base::json_from_outside(line);
  if (!message.is_object() || message.value("method", json()) != "notifications/cancelled") return false;
  const json parameters = message.value("params", json::object());
  const std::lock_guard lock(answering_);
  if (parameters.is_object() && parameters.contains("requestId") && parameters["requestId"] == request_)
    cancelled_.request_stop();
  return true;
}

std::optional<ordered_json> ToolServer::answer(const std::string& line) {
  const json message = base::json_from_outside(line);
  if (message.is_discarded()) return unreadable("the message is no JSON, or nested too deep");
  if (!message.is_array()) return answer_one(message);
  if (message.empty()) return error_of(nullptr, {kInvalidRequest, "the batch is empty"});
  ordered_json answers = ordered_json::array();
  for (const json& one : message)
    if (auto answered = answer_one(one)) answers.push_back(std::move(*answered));
  if (answers.empty()) return std::nullopt;
  return answers;
}

std::optional<ordered_json> ToolServer::answer_one(const json& message) {
  const bool is_request = message.is_object() && message.contains("method") && message["method"].is_string();
  if (!is_request) {
    const bool is_response = message.is_object() && (message.contains("result") || message.contains("error"));
    if (is_response) return std::nullopt;
    return error_of(nullptr, {kInvalidRequest, "the message is no request of JSON-RPC 2.0"});
  }
  if (!message.contains("id")) return std::nullopt;  // a notification
  const json& id = message["id"];
  if (!id.is_string() && !id.is_number_integer())
    return error_of(nullptr, {kInvalidRequest, "the id is no string or integer"});
  {
    const std::lock_guard lock(answering_);
    request_ = id;
    cancelled_ = std::stop_source();
  }
  const std::stop_callback stop(stop_, [this] { cancelled_.request_stop(); });
  auto answered = answer_request(id, message);
  const std::lock_guard lock(answering_);
  request_ = nullptr;
  if (cancelled_.stop_requested() && !stop_.stop_requested()) return std::nullopt;
  return answered;
}

ordered_json ToolServer::answer_request(const json& id, const json& message) {
  const json parameters = message.value("params", json::object());
  try {
    if (!parameters.is_object()) throw ProtocolError{kInvalidParameters, "params is no object"};
    return ordered_json{{"jsonrpc", "2.0"}, {"id", id}, {"result", result_of(message["method"], parameters)}};
  } catch (const ProtocolError& error) {
    return error_of(id, error);
  } catch (const json::exception& error) {
    return error_of(id, {kInvalidParameters, error.what()});
  } catch (const BadArguments& error) {
    return error_of(id, {kInvalidParameters, error.what()});
  } catch (const std::exception& error) {
    return error_of(id, {kInternal, error.what()});
  }
}

ordered_json ToolServer::result_of(const std::string& method, const json& parameters) {
  if (method == "initialize") return initialized(parameters);
  if (method == "ping") return ordered_json::object();
  if (method == "tools/call") return call_tool(parameters);
  if (method == "resources/list") return {{"resources", resource_list()}};
  if (method == "resources/templates/list") return {{"resourceTemplates", resource_templates()}};
  if (method == "resources/read")
    return {{"contents", read_resource(mind_, parameters.at("uri"), calling_of(parameters))}};
  if (method == "prompts/list") return {{"prompts", prompt_list()}};
  if (method == "prompts/get")
    return prompt(mind_, parameters.at("name"), parameters.value("arguments", json::object()), calling_of(parameters));
  if (method != "tools/list") throw ProtocolError{kUnknownMethod, fmt::format("there is no method '{}'", method)};
  ordered_json tools = ordered_json::array();
  for (const Tool& tool : tools_)
    tools.push_back({{"name", tool.name},
                     {"description", tool.help},
                     {"inputSchema", tool.schema},
                     {"annotations", {{"readOnlyHint", tool.reads_only}}}});
  return {{"tools", tools}};
}

/// With progress only where the client gave the request a token for it, and at most ten times a second.
Calling ToolServer::calling_of(const json& parameters) const {
  Calling calling{cancelled_.get_token()};
  const json token = parameters.value("_meta", json::object()).value("progressToken", json());
  if (!notify_ || !(token.is_string() || token.is_number_integer())) return calling;
  calling.progress = [this, token, last = -1.0, watch = base::Stopwatch()](double share,
                                                                           const std::string& what) mutable {
    if (last >= 0 && watch.seconds() - last < 0.1) return;
    last = watch.seconds();
    notify_({{"jsonrpc", "2.0"},
             {"method", "notifications/progress"},
             {"params", {{"progressToken", token}, {"progress", share}, {"total", 1}, {"message", what}}}});
  };
  return calling;
}

/// What a tool refuses is a result, so that the agent reads why and can do better.
ordered_json ToolServer::call_tool(const json& parameters) {
  const std::string name = parameters.value("name", "");
  const auto tool = std::find_if(tools_.begin(), tools_.end(), [&](const Tool& one) { return one.name == name; });
  if (tool == tools_.end()) throw ProtocolError{kInvalidParameters, fmt::format("there is no tool '{}'", name)};
  const base::FailureContext context("calling the tool " + name);
  try {
    const ordered_json result = tool->call(parameters.value("arguments", json::object()), calling_of(parameters));
    const std::string text = result.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
    return {{"content", text_content(text)}, {"structuredContent", result}, {"isError", false}};
  } catch (const base::Error& error) {
    return {{"content", text_content(error.what())}, {"isError", true}};
  }
}

}  // namespace noema::app
