#include "app/remote/remote_life.h"

#include <fmt/format.h>
#include <httplib.h>

#include "app/actions/names.h"
#include "app/server/routes.h"
#include "base/error.h"
#include "base/json.h"

namespace noema::app {
namespace {

using nlohmann::json;

constexpr const char* kJsonType = "application/json";

/// How a call is made: by POST where the operation takes it, otherwise by GET with a query.
const Route& route_of(std::string_view operation) {
  const Route* found = nullptr;
  for (const Route& route : routes())
    if (route.operation == operation && route.path.find('{') == std::string::npos &&
        (found == nullptr || route.method == "POST"))
      found = &route;
  base::check(found != nullptr, "every operation has a route without arguments in its path");
  return *found;
}

std::string query_of_call(const json& arguments) {
  std::string query;
  for (const auto& [name, value] : arguments.items())
    query += fmt::format("{}{}={}", query.empty() ? "?" : "&", name,
                         percent_encoded(value.is_string() ? value.get<std::string>() : value.dump()));
  return query;
}

std::string body_of_call(const json& arguments) {
  try {
    return arguments.dump();
  } catch (const json::exception&) {
    throw base::Error("a text that is sent to a server is not UTF-8; convert it");
  }
}

/// A field of an error, on one line and not without end.
std::string text_in(const json& error, const char* key) {
  constexpr std::size_t kLongest = 2000;
  if (!error.is_object() || !error.contains(key) || !error[key].is_string()) return {};
  auto text = error[key].get<std::string>().substr(0, kLongest);
  for (char& c : text)
    if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) c = ' ';
  return text;
}

}  // namespace

struct RemoteLife::Reply {
  int status = 0;
  std::string body;
};

RemoteLife::RemoteLife(const std::string& address, std::string token, const RemoteLimits& limits)
    : text_(address), address_(address_of(address)), token_(std::move(token)), limits_(limits) {
  for (const char c : token_)
    if (static_cast<unsigned char>(c) <= ' ' || c == 0x7f)
      throw base::UsageError("the token has a blank or a control character in it; give the secret alone");
}

RemoteLife::Reply RemoteLife::request(std::string_view operation, const json& arguments) const {
  const Route& route = route_of(operation);
  httplib::Client client(address_.host, address_.port);
  client.set_connection_timeout(limits_.connect_seconds);
  client.set_read_timeout(limits_.silence_seconds);
  client.set_write_timeout(limits_.silence_seconds);
  client.set_follow_location(false);
  client.set_decompress(false);
  client.set_url_encode(false);
  client.set_tcp_nodelay(true);
  httplib::Request request;
  request.method = route.method;
  request.path = (address_.name.empty() ? "" : "/" + percent_encoded(address_.name)) + route.path;
  if (!token_.empty()) request.headers.emplace("Authorization", "Bearer " + token_);
  if (route.method == "POST") {
    request.body = body_of_call(arguments);
    request.headers.emplace("Content-Type", kJsonType);
  } else {
    request.path += query_of_call(arguments);
  }
  Reply reply;
  bool is_too_long = false;
  request.content_receiver = [&](const char* bytes, std::size_t size, std::uint64_t, std::uint64_t) {
    is_too_long = size > limits_.answer_bytes - reply.body.size();
    if (!is_too_long) reply.body.append(bytes, size);
    return !is_too_long;
  };
  const auto result = client.send(request);
  if (is_too_long)
    throw base::Error(fmt::format("{}: the answer has more than {} bytes; ask for less", text_, limits_.answer_bytes));
  if (!result) {
    const bool is_there = result.error() != httplib::Error::Connection;
    throw base::Error(fmt::format(
        "{}: {} ({}); {}", text_, is_there ? "the server did not answer to the end" : "no server answers there",
        httplib::to_string(result.error()),
        is_there ? "see whether it still runs" : "start one with `noema serve LIFE`, or check the address"));
  }
  reply.status = result->status;
  return reply;
}

/// As the operation refuses where the life is a file; what is between the two programs names the address.
void RemoteLife::refuse(const Reply& reply) const {
  const json body = base::json_from_outside(reply.body);
  const json error = body.is_object() ? body.value("error", json()) : json();
  const std::string what = text_in(error, "what"), to_do = text_in(error, "what_to_do");
  const std::string message = to_do.empty() ? what : what + "; " + to_do;
  if (reply.status == 401)
    throw base::Error(fmt::format("{}: {}; give its secret with --token-file FILE or in NOEMA_TOKEN", text_,
                                  what.empty() ? "the server wants a token" : what));
  if (reply.status >= 300 && reply.status < 400)
    throw base::Error(
        fmt::format("{}: the server points to another address, which is not followed; give that one", text_));
  if (what.empty())
    throw base::Error(
        fmt::format("{}: the answer is that of no noema server (status {}); check the address", text_, reply.status));
  if (reply.status == 400) throw base::UsageError(message);
  if (reply.status == 404) throw UnknownName(message);
  if (reply.status == 422) throw base::Error(message);
  throw base::Error(fmt::format("{}: {}", text_, message));
}

json RemoteLife::call(std::string_view operation, const json& arguments) const {
  return call_in_order(operation, arguments);
}

nlohmann::ordered_json RemoteLife::call_in_order(std::string_view operation, const json& arguments) const {
  const Reply reply = request(operation, arguments);
  if (reply.status != 200) refuse(reply);
  if (!base::json_from_outside(reply.body).is_object())  // which bounds how deep it nests
    throw base::Error(fmt::format("{}: the answer is that of no noema server; check the address", text_));
  return nlohmann::ordered_json::parse(reply.body);
}

json RemoteLife::all_of(std::string_view operation, const char* list, json arguments, json* other) const {
  constexpr std::size_t kMostPages = 100000;  // a server that never ends its list is not followed for ever
  json all = json::array();
  if (!arguments.contains("limit")) arguments["limit"] = 200;
  for (std::size_t page = 0; page < kMostPages; ++page) {
    json answer = call(operation, arguments);
    for (json& one : answer.at(list)) all.push_back(std::move(one));
    const json next = answer.at("next");
    answer.erase(list);
    if (page == 0 && other != nullptr) *other = std::move(answer);
    if (next.is_null()) return all;
    if (next == arguments.value("cursor", json())) break;
    arguments["cursor"] = next;
  }
  throw base::Error(fmt::format("{}: the list of '{}' does not end; is this a noema server?", text_, operation));
}

}  // namespace noema::app
