#include "app/server/tool_server.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <map>
#include <set>
#include <thread>

#include "tests/app/server/served.h"

namespace noema::tests {
namespace {

using nlohmann::json;

struct Agent {
  LifeOnDisk life;
  app::LiveMind mind{life.path, false};
  app::ToolServer server{mind};
  int id = 0;

  json send(const json& message) {
    const auto answer = server.answer(message.dump());
    return answer ? json::parse(answer->dump()) : json(nullptr);
  }
  json request(const std::string& method, const json& parameters = json::object()) {
    const json answer = send({{"jsonrpc", "2.0"}, {"id", ++id}, {"method", method}, {"params", parameters}});
    CHECK(answer["id"] == id);
    return answer;
  }
  json call(const std::string& tool, const json& arguments) {
    const json result = request("tools/call", {{"name", tool}, {"arguments", arguments}})["result"];
    INFO(tool << ": " << result.dump());
    CHECK(result["isError"] == false);
    CHECK(json::parse(result["content"][0]["text"].get<std::string>()) == result["structuredContent"]);
    return result["structuredContent"];
  }
};

}  // namespace

TEST_CASE("an agent and the server agree on a version that both know") {
  Agent agent;
  for (const char* version : {"2024-11-05", "2025-03-26", "2025-06-18"})
    CHECK(agent.request("initialize", {{"protocolVersion", version}})["result"]["protocolVersion"] == version);
  const json newest = agent.request("initialize", {{"protocolVersion", "1999-01-01"}})["result"];
  CHECK(newest["protocolVersion"] == "2025-06-18");
  CHECK(newest["serverInfo"]["name"] == "noema");
  CHECK(newest["capabilities"].contains("tools"));
  CHECK(agent.send({{"jsonrpc", "2.0"}, {"method", "notifications/initialized"}}).is_null());
  CHECK(agent.request("ping")["result"] == json::object());
}

TEST_CASE("tools are listed with the schema of their arguments, the memory server's names among them") {
  Agent agent;
  std::set<std::string> names;
  const json result = agent.request("tools/list")["result"];
  for (const json& tool : result["tools"]) {
    CHECK(names.insert(tool["name"].get<std::string>()).second);
    CHECK(tool["description"].get<std::string>().size() > 10);
    CHECK(tool["inputSchema"]["type"] == "object");
  }
  for (const char* name : {"remember", "recall", "ask", "facts", "why", "undo", "think", "create_entities",
                           "create_relations", "add_observations", "delete_entities", "delete_observations",
                           "delete_relations", "read_graph", "search_nodes", "open_nodes"})
    CHECK(names.contains(name));
}

TEST_CASE("an agent remembers, recalls, asks and takes back") {
  Agent agent;
  const json told = agent.call("remember", {{"text", "Ann lives in Oslo"}, {"id", "a"}});
  CHECK(told["told"][0]["episode"] == 181);
  CHECK(agent.call("recall", {{"cue", "Ann Oslo"}})["hits"][0]["text"] == "Ann lives in Oslo");
  CHECK(agent.call("ask", {{"question", "where is Ann ?"}, {"learn", false}}).contains("abstained"));
  const json forgotten = agent.call("forget", {{"input", "a"}});
  CHECK(agent.call("undo", {{"thought", forgotten["thought"]}})["undone"].is_number());
  CHECK(agent.call("think", {{"seconds", 0.1}}).contains("thoughts"));
}

TEST_CASE("what a tool refuses is a result that says why") {
  Agent agent;
  const auto refused = [&](const json& call) {
    const json result = agent.request("tools/call", call)["result"];
    CHECK(result["isError"] == true);
    return result["content"][0]["text"].get<std::string>();
  };
  CHECK_THAT(refused({{"name", "recall"}, {"arguments", json::object()}}), Catch::Contains("cue is missing"));
  CHECK_THAT(refused({{"name", "query"}, {"arguments", {{"sql", "DROP TABLE log"}}}}), Catch::Contains("only reads"));
  CHECK_THAT(refused({{"name", "undo"}, {"arguments", {{"thought", "thought:12345"}}}}), Catch::Contains("12345"));
}

TEST_CASE("tools say whether they only read") {
  Agent agent;
  const json result = agent.request("tools/list")["result"];
  std::map<std::string, bool> reads_only;
  for (const json& tool : result["tools"]) reads_only[tool["name"]] = tool["annotations"]["readOnlyHint"];
  for (const char* name : {"recall", "facts", "query", "why", "read_graph", "search_nodes"}) CHECK(reads_only.at(name));
  for (const char* name : {"remember", "ask", "forget", "undo", "think", "create_entities", "delete_relations"})
    CHECK_FALSE(reads_only.at(name));
}

TEST_CASE("a client that gives a token hears how far a call is, another one does not") {
  const LifeOnDisk life;
  app::LiveMind mind(life.path, false);
  std::vector<json> heard;
  app::ToolServer server(mind, {}, [&](const auto& message) { heard.push_back(json::parse(message.dump())); });
  json request = {{"jsonrpc", "2.0"},
                  {"id", 1},
                  {"method", "tools/call"},
                  {"params", {{"name", "think"}, {"arguments", {{"seconds", 0.2}}}}}};
  mind.tell({[] {
    memory::Input input;
    input.text = "so that there is something to think about";
    return input;
  }()});
  CHECK(server.answer(request.dump()));
  CHECK(heard.empty());
  mind.tell({[] {
    memory::Input input;
    input.text = "so that there is something else to think about";
    return input;
  }()});
  request["params"]["_meta"]["progressToken"] = "t";
  CHECK(server.answer(request.dump()));
  for (const json& message : heard) {
    CHECK(message["method"] == "notifications/progress");
    CHECK(message["params"]["progressToken"] == "t");
    CHECK(message["params"]["progress"] <= 1);
    CHECK_FALSE(message.contains("id"));
  }
}

TEST_CASE("a cancelled request ends early without an answer; one that is not being answered goes its way") {
  const LifeOnDisk life;
  app::LiveMind mind(life.path, false);
  app::ToolServer server(mind);
  const auto cancel = [&](const json& id) {
    return server.take_notice(json{{"jsonrpc", "2.0"},
                                   {"method", "notifications/cancelled"},
                                   {"params", {{"requestId", id}, {"reason", "enough"}}}}
                                  .dump());
  };
  CHECK_FALSE(server.take_notice("{"));
  CHECK_FALSE(server.take_notice(R"({"jsonrpc":"2.0","id":7,"method":"ping"})"));
  CHECK(cancel(7));  // nothing is being answered
  CHECK(server.answer(R"({"jsonrpc":"2.0","id":7,"method":"ping"})"));
  const json slow = {
      {"jsonrpc", "2.0"},
      {"id", 8},
      {"method", "tools/call"},
      {"params",
       {{"name", "query"},
        {"arguments",
         {{"sql", "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"},
          {"seconds", 60}}}}}};
  std::optional<nlohmann::ordered_json> answered;
  std::atomic<bool> is_done = false;
  std::jthread answering([&] {
    answered = server.answer(slow.dump());
    is_done = true;
  });
  while (!is_done) {  // until it has begun
    CHECK(cancel(9));
    CHECK(cancel(8));
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  answering.join();
  CHECK_FALSE(answered);
  CHECK(server.answer(R"({"jsonrpc":"2.0","id":8,"method":"ping"})"));
}

TEST_CASE("messages that are none are answered as JSON-RPC says") {
  Agent agent;
  const auto code = [&](const std::string& line) {
    const auto answer = agent.server.answer(line);
    REQUIRE(answer);
    return (*answer)["error"]["code"].get<int>();
  };
  CHECK(code("{") == -32700);
  CHECK(code("[]") == -32600);
  CHECK(code("5") == -32600);
  CHECK(code(R"({"jsonrpc":"2.0","id":{},"method":"ping"})") == -32600);
  CHECK(code(R"({"jsonrpc":"2.0","id":1,"method":"dream"})") == -32601);
  CHECK(code(R"({"jsonrpc":"2.0","id":1,"method":"ping","params":[1]})") == -32602);
  CHECK(code(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"dream"}})") == -32602);
  CHECK(code(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"create_entities","arguments":{}}})") ==
        -32602);
  CHECK(agent.send(json::array({{{"jsonrpc", "2.0"}, {"id", 1}, {"method", "ping"}}, {{"method", "note"}}})).size() ==
        1);
  CHECK_FALSE(agent.server.answer(R"({"jsonrpc":"2.0","id":1,"result":{}})"));
}

}  // namespace noema::tests
