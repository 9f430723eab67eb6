#pragma once
// The Model Context Protocol (modelcontextprotocol.io): operations as tools for agents, JSON-RPC 2.0, a message a line.

#include <functional>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/server/operation.h"

namespace noema::app {

struct Tool {
  std::string name, help;
  nlohmann::ordered_json schema;  ///< JSON Schema of the arguments
  bool reads_only = false;
  std::function<nlohmann::ordered_json(const nlohmann::json& arguments, const Calling& calling)> call;
};

/// Answers messages one at a time; take_notice() may be called meanwhile.
class ToolServer {
 public:
  /// Gets messages that answer nothing: how far a call is.
  using Notify = std::function<void(const nlohmann::ordered_json& message)>;

  /// The life must outlive it. stop: ends whatever is being answered.
  explicit ToolServer(LiveMind& mind, std::stop_token stop = {}, Notify notify = {});

  /// The answer to a message, or to an array of messages; nothing to a notification.
  std::optional<nlohmann::ordered_json> answer(const std::string& line);
  /// True for the notification that a request is cancelled, which then ends early and is not answered. It has no effect
  /// on requests that are not being answered.
  bool take_notice(const std::string& line);
  /// The answer to a message that cannot be read.
  static nlohmann::ordered_json unreadable(const std::string& why);

 private:
  std::optional<nlohmann::ordered_json> answer_one(const nlohmann::json& message);
  nlohmann::ordered_json answer_request(const nlohmann::json& id, const nlohmann::json& message);
  nlohmann::ordered_json result_of(const std::string& method, const nlohmann::json& parameters);
  nlohmann::ordered_json call_tool(const nlohmann::json& parameters);
  Calling calling_of(const nlohmann::json& parameters) const;

  LiveMind& mind_;
  std::stop_token stop_;
  Notify notify_;
  std::vector<Tool> tools_;
  std::mutex answering_;  ///< over the two below
  nlohmann::json request_;
  std::stop_source cancelled_;
};

/// The operations as tools; telling is called "remember" there.
std::vector<Tool> tools_of(LiveMind& mind);

}  // namespace noema::app
