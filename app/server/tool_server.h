#pragma once
// The Model Context Protocol (modelcontextprotocol.io): operations as tools for agents, JSON-RPC 2.0, a message a line.

#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/server/live_mind.h"

namespace noema::app {

struct Tool {
  std::string name, help;
  nlohmann::ordered_json schema;  ///< JSON Schema of the arguments
  std::function<nlohmann::ordered_json(const nlohmann::json& arguments)> call;
};

class ToolServer {
 public:
  /// The life must outlive it.
  explicit ToolServer(LiveMind& mind, std::stop_token stop = {});

  /// The answer to a message, or to an array of messages; nothing to a notification.
  std::optional<nlohmann::ordered_json> answer(const std::string& line);

 private:
  std::optional<nlohmann::ordered_json> answer_one(const nlohmann::json& message);
  nlohmann::ordered_json result_of(const std::string& method, const nlohmann::json& parameters);
  nlohmann::ordered_json call_tool(const nlohmann::json& parameters);

  std::vector<Tool> tools_;
};

/// The operations as tools; telling is called "remember" there.
std::vector<Tool> tools_of(LiveMind& mind, const std::stop_token& stop);

}  // namespace noema::app
